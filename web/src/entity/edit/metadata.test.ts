import { expect, test } from "vitest";
import served from "../../forms/testdata/metadata.json" with { type: "json" };
import { hasOthers, metadataSchema } from "./metadata.ts";

test("the server's groups become the groups of one form, what it sets itself the last one", () => {
  const schema = metadataSchema(served, false, { versioning: "Versioning" });
  expect(schema["x-ui"].groups).toEqual(
    expect.arrayContaining([{ id: "versioning", title: "Versioning" }, { id: "embedded" }]),
  );
  expect(schema.properties["description"]).not.toHaveProperty("x-ui.group");
  expect(schema.properties["version"]).toHaveProperty("x-ui.group", "versioning");
  expect(schema.properties["created"]).toHaveProperty("x-ui.group", "audit");
  expect(schema.properties["created_by"]).toHaveProperty("x-ui.group", "audit");
  expect(schema).not.toHaveProperty("additionalProperties");
});

test("a member that no group knows is kept and shown", () => {
  expect(hasOthers(served, { description: "x", version: "1" })).toBe(false);
  expect(hasOthers(served, { team: "x" })).toBe(true);
  expect(metadataSchema(served, true, {})).toHaveProperty("additionalProperties", true);
});

test("what the server keeps and lists no schema of has its group too, and is no stranger", () => {
  const schema = metadataSchema(served, false, { openmetadata: "Openmetadata", openmetadataPublish: "Publish" });
  expect(schema["x-ui"].groups).toContainEqual({ id: "openmetadata", title: "Openmetadata" });
  expect(schema.properties["openmetadata"]).toMatchObject({
    properties: { publish: { type: "boolean", title: "Publish" } },
    "x-ui": { group: "openmetadata" },
  });
  expect(hasOthers(served, { openmetadata: { publish: true } })).toBe(false);
  const listed = [
    ...served,
    { kind: "metadata.openmetadata", schema: { properties: { openmetadata: { type: "string" } } } },
  ];
  expect(metadataSchema(listed, false, {}).properties["openmetadata"]).toHaveProperty("type", "string");
});
