import { expect, test } from "vitest";
import { messages } from "../../i18n/language.ts";
import { placeTitles } from "./places.ts";

const spec = {
  type: "object",
  properties: {
    source: {
      type: "object",
      title: "Source code",
      properties: { handler: { type: "string", title: "Entry point" }, base64: { type: "string" } },
    },
    tags: { type: "array", title: "Tags of it", items: { type: "string", title: "Tag" } },
    parameters: { type: "object", title: "Parameters", additionalProperties: true },
  },
};
const uiSchema = { source: { handler: { "ui:title": "Handler" } } };

test.each([
  ["/name", "Name"],
  ["/metadata/description", "Description"],
  ["/metadata/labels", "Labels"],
  ["/metadata/source_file", "Source file"],
  ["/spec/source", "Source code"],
  ["/spec/source/handler", "Source code › Handler"],
  ["/spec/source/base64", "Source code › Code"],
  ["/spec/tags", "Tags of it"],
  ["/spec/parameters/learning_rate", "Parameters › learning_rate"],
  ["/spec/parameters/a~1b/c", "Parameters › a/b › c"],
  ["/spec/template/inputs", "Settings of each run › inputs"],
])("%s is called %s", (pointer, title) => {
  const titles = { "/spec/template": "Settings of each run" };
  expect(placeTitles(messages(), { spec, uiSchema, titles })(pointer)).toBe(title);
});
