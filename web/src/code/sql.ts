import { sql } from "@codemirror/lang-sql";
import type { Extension } from "@codemirror/state";

/** SQL, apart from the languages most people write here. */
export function sqlSyntax(): Extension {
  return sql();
}
