import { expect, test } from "vitest";
import { parseStoreKey } from "./store-key.ts";

test("a key names a version or the newest; anything else is none", () => {
  expect(parseStoreKey("store://demo/model/sklearn/clf:1a2b")).toEqual({
    project: "demo",
    entity: "model",
    kind: "sklearn",
    name: "clf",
    id: "1a2b",
  });
  expect(parseStoreKey("store://demo/dataitems/table/cities")).toEqual({
    project: "demo",
    entity: "dataitem",
    kind: "table",
    name: "cities",
  });
  expect(parseStoreKey("store://demo/run/python+job:run/9f:9f")?.kind).toBe("python+job:run");
  for (const text of ["", "s3://bucket/key", "store://demo/model", "javascript:alert(1)"])
    expect(parseStoreKey(text)).toBeUndefined();
});
