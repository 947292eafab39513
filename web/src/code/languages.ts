import { json } from "@codemirror/lang-json";
import { python } from "@codemirror/lang-python";
import { yaml } from "@codemirror/lang-yaml";
import type { Extension } from "@codemirror/state";

/** The syntax of a language; sql comes in a chunk of its own, an unknown language has none. */
export async function syntax(language: string): Promise<Extension> {
  switch (language) {
    case "python":
      return python();
    case "yaml":
      return yaml();
    case "json":
      return json();
    case "sql":
      return (await import("./sql.ts")).sqlSyntax();
    default:
      return [];
  }
}
