import type { Schema } from "../../api/client.ts";
import { isObject } from "../../lib/json.ts";
import type { MaterialDoc } from "./material.ts";

/** A column as a schema describes it. */
export interface SchemaField {
  name: string;
  type: string;
  title?: string | undefined;
  description?: string | undefined;
  format?: string | undefined;
  constraints?: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The columns that a version says it has; undefined when it says nothing. */
export function fieldsOf(doc: Pick<MaterialDoc, "spec">): readonly SchemaField[] | undefined {
  const schema = doc.spec["schema"];
  const fields: unknown = isObject(schema) ? schema["fields"] : undefined;
  if (!Array.isArray(fields) || fields.length === 0) return undefined;
  return fields.filter(isObject).map((field: Record<string, unknown>) => ({
    name: text(field["name"]) ?? "",
    type: text(field["type"]) ?? "any",
    title: text(field["title"]),
    description: text(field["description"]),
    format: text(field["format"]),
    constraints: field["constraints"] === undefined ? undefined : JSON.stringify(field["constraints"]),
  }));
}

/** The columns that a look into the file has found. */
export function fieldsFound(columns: readonly Schema<"TableColumn">[] | undefined): readonly SchemaField[] | undefined {
  return columns?.map(({ name, type }) => ({ name, type }));
}

/** A column, and what became of it since another version. */
export interface FieldChange {
  field: SchemaField;
  change: "same" | "added" | "removed" | "retyped";
  /** Its type in the other version. */
  before?: string | undefined;
}

/** The columns of a version with what changed since another; those that are gone come last. */
export function compareFields(before: readonly SchemaField[], after: readonly SchemaField[]): readonly FieldChange[] {
  const old = new Map(before.map((field) => [field.name, field]));
  const now = new Set(after.map((field) => field.name));
  return [
    ...after.map((field): FieldChange => {
      const other = old.get(field.name);
      if (other === undefined) return { field, change: "added" };
      return other.type === field.type ? { field, change: "same" } : { field, change: "retyped", before: other.type };
    }),
    ...before.filter(({ name }) => !now.has(name)).map((field): FieldChange => ({ field, change: "removed" })),
  ];
}

/** How many columns came, went and changed their type. */
export function countChanges(changes: readonly FieldChange[]) {
  const count = (change: FieldChange["change"]) => changes.filter((each) => each.change === change).length;
  return { added: count("added"), removed: count("removed"), retyped: count("retyped") };
}
