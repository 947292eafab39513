import { expect, test } from "vitest";
import { key } from "../../api/keys.ts";
import { apply, type Change } from "../../live/apply.ts";
import { materialRules } from "./live.ts";

const change = (verb: Change["verb"], entity: string): Change => ({
  seq: 1,
  verb,
  entity,
  project: "demo",
  id: "1a",
  kind: "table",
  name: "cities",
  state: "READY",
});
const cached = [
  key("dataitem", "demo", "list", {}),
  key("dataitem", "demo", "versions", { name: "cities" }),
  key("dataitem", "demo", "detail", { id: "1a", part: "files" }),
  key("dataitem", "demo", "detail", { id: "2b" }),
  key("dataitem", "other", "list", {}),
  key("model", "demo", "list", {}),
].map((each) => ({ key: each, data: undefined }));

const refetched = (verb: Change["verb"], entity = "dataitem") =>
  apply([change(verb, entity)], cached, { [entity]: materialRules("dataitem") }, 0).map(
    ({ key: [, , scope, params] }) => [scope, params["id"]],
  );

test("a change is read anew in lists and on its own page, one that is gone in lists alone", () => {
  expect(refetched("update")).toEqual([
    ["list", undefined],
    ["versions", undefined],
    ["detail", "1a"],
  ]);
  expect(refetched("delete")).toEqual([
    ["list", undefined],
    ["versions", undefined],
  ]);
});
