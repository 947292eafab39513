import { expect, test } from "vitest";
import { fromTokens, parseFilter, toTokens } from "./search.ts";

test("the filter survives its tokens; what is not known is dropped", () => {
  const filter = parseFilter({ q: "tra", type: ["run", "nothing"], label: ["a", "b"], versions: "all", x: "1" });
  expect(filter).toEqual({ q: "tra", type: ["run"], label: ["a", "b"], versions: "all" });
  expect(fromTokens(toTokens(filter))).toEqual(filter);
  expect(parseFilter({ type: "nothing", versions: "some" })).toEqual({});
});
