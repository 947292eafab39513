import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useChoice } from "./use-choice.ts";

const same = (row: string) => row;

test("a row that is gone is not selected any more", () => {
  const { result, rerender } = renderHook(({ rows }) => useChoice(rows, same, same), {
    initialProps: { rows: ["a", "b"] },
  });
  act(() => result.current.table.onSelect(new Set(["a"])));
  expect([result.current.chosen, [...result.current.table.selected]]).toEqual([["a"], ["a"]]);
  rerender({ rows: ["b"] });
  expect([result.current.chosen, result.current.table.selected.size]).toEqual([[], 0]);
});
