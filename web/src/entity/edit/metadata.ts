import { isObject, type Json, type JsonObject, member } from "../../lib/json.ts";

/** A schema of one group of metadata, as the server lists them. */
export interface MetadataSchema {
  /** Such as metadata.versioning. */
  kind: string;
  schema: Json;
}

/** The members that stand beside the name; all others fold away. */
export const basicMetadata = ["description", "labels"] as const;

/** What the server keeps without listing a schema of it. */
const unlisted: Readonly<Record<string, (title: string) => JsonObject>> = {
  openmetadata: (title) => ({ type: "object", properties: { publish: { type: "boolean", title } } }),
};

/** Groups that say what happened, in their order; what the server adds comes between them. */
const order = ["versioning", "embedded", "openmetadata", "relationships"];

/**
 * One schema of all metadata, so that one form edits it: each group of the server's is a group of the form, and what
 * only the server sets is the group called audit. Open, it also shows members that no group knows.
 */
export function metadataSchema(
  list: readonly MetadataSchema[],
  open: boolean,
  titles: Readonly<Record<string, string>>,
) {
  const properties: JsonObject = {};
  const groups: Json[] = [];
  for (const { kind, schema } of withUnlisted(list, titles).toSorted((a, b) => rank(a) - rank(b))) {
    const group = groupOf(kind);
    const members = member(schema, "properties");
    if (!isObject(members)) continue;
    const title = member(schema, "title") ?? titles[group];
    if (group !== "base") groups.push({ id: group, ...(title !== undefined && { title }) });
    for (const [name, property] of Object.entries(members)) {
      if (!isObject(property)) continue;
      const place = property["readOnly"] === true ? "audit" : group;
      const own = property["x-ui"];
      const ui: JsonObject = { ...(place !== "base" && { group: place }), ...(isObject(own) ? own : {}) };
      properties[name] = Object.keys(ui).length === 0 ? property : { ...property, "x-ui": ui };
    }
  }
  return { type: "object", properties, "x-ui": { groups }, ...(open && { additionalProperties: true }) };
}

/** Whether metadata has members that no group knows. */
export function hasOthers(list: readonly MetadataSchema[], value: JsonObject): boolean {
  return Object.keys(value).some(
    (name) => !(name in unlisted) && !list.some(({ schema }) => member(member(schema, "properties"), name)),
  );
}

function withUnlisted(list: readonly MetadataSchema[], titles: Readonly<Record<string, string>>): MetadataSchema[] {
  const more = Object.entries(unlisted)
    .filter(([name]) => !list.some(({ kind }) => groupOf(kind) === name))
    .map(([name, schema]) => ({
      kind: `metadata.${name}`,
      schema: { type: "object", properties: { [name]: schema(titles[`${name}Publish`] ?? name) } },
    }));
  return [...list, ...more];
}

/** How the basic members are edited. */
export const metadataHints = { description: { "ui:widget": "textarea" }, labels: { "ui:widget": "tags" } };

function groupOf(kind: string): string {
  return kind.replace(/^metadata\./, "");
}

function rank({ kind }: MetadataSchema): number {
  const group = groupOf(kind);
  if (group === "base") return -1;
  if (group === "audit") return order.length + 1;
  const at = order.indexOf(group);
  return at < 0 ? order.length : at;
}
