import { expect, test } from "vitest";
import { type FunctionDoc, withoutRuns } from "./queries.ts";

test("the document of a row is the document of the API: what became of its runs stays behind", () => {
  const row = { id: "1", name: "train", runs: { total: 3, last: [] } } as unknown as FunctionDoc;
  expect(withoutRuns(row)).toEqual({ id: "1", name: "train" });
});
