import { isObject, member } from "../../lib/json.ts";

/** A part of a definition in short: known parts have words, the others their own name. */
export interface Part {
  name: string;
  value: string;
}

const most = 8;
// The code has a tab of its own, and requirements a row.
const elsewhere = new Set(["source", "requirements"]);

/** What a version is defined by, in short: where its code comes from, what it needs, and its plain settings. */
export function definition(spec: Readonly<Record<string, unknown>>): readonly Part[] {
  const source = spec["source"];
  const requirements = spec["requirements"];
  const parts: Part[] = [
    { name: "handler", value: text(member(source, "handler")) },
    { name: "source", value: text(member(source, "source")) },
    {
      name: "requirements",
      value: Array.isArray(requirements) ? requirements.filter((each) => typeof each === "string").join(", ") : "",
    },
    ...Object.entries(spec).flatMap(([name, value]) =>
      elsewhere.has(name) || isObject(value) ? [] : [{ name, value: text(value) }],
    ),
  ];
  return parts.filter(({ value }) => value !== "").slice(0, most);
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
