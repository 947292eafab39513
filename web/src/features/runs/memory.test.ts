import { expect, test } from "vitest";
import { moreMemory } from "./memory.ts";

test.each([
  ["2Gi", undefined, "4Gi"],
  ["512Mi", undefined, "1Gi"],
  ["64Mi", 73_129_984, "128Mi"],
  ["500M", undefined, "1000M"],
  ["67108864", undefined, "128Mi"],
  [undefined, 73_129_984, "140Mi"],
  [undefined, undefined, undefined],
])("of a limit of %s and a peak of %s comes %s", (limit, peak, more) => {
  expect(moreMemory(limit, peak)).toBe(more);
});
