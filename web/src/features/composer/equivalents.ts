import type { JsonObject } from "../../lib/json.ts";
import { type NewRun, runDocument } from "./mutations.ts";

/** A value as Python writes it. */
function python(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${JSON.stringify(name)}: ${python(inner)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** The same run by the Python package. */
export function asSdk(project: string, name: string, action: string, spec: JsonObject): string {
  const members = Object.entries(spec).map(([member, value]) => `    ${member}=${python(value)},`);
  return [
    "import digitalhub as dh",
    "",
    `function = dh.get_function(${JSON.stringify(name)}, project=${JSON.stringify(project)})`,
    "run = function.run(",
    `    ${JSON.stringify(action)},`,
    ...members,
    ")",
  ].join("\n");
}

/** Text between single quotes, for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The same run by the API. */
export function asCurl(origin: string, project: string, run: NewRun): string {
  const url = `${origin}/api/v1/-/${encodeURIComponent(project)}/runs`;
  return `curl -X POST ${quoted(url)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(runDocument(run), null, 2))}`;
}
