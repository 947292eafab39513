// @vitest-environment node
import { expect, test } from "vitest";
import { layout, nodeSize } from "./layout.ts";

test("what something came from lies left of it, and nodes do not overlap", () => {
  const { at, bends } = layout({
    nodes: ["data", "run", "model", "report"],
    edges: [
      ["data", "run"],
      ["run", "model"],
      ["run", "report"],
    ],
  });
  const x = (id: string) => at[id]?.[0] ?? 0;
  expect(x("data") + nodeSize.width).toBeLessThan(x("run"));
  expect(x("run") + nodeSize.width).toBeLessThan(x("model"));
  expect(x("model")).toBe(x("report"));
  expect(Math.abs((at["model"]?.[1] ?? 0) - (at["report"]?.[1] ?? 0))).toBeGreaterThanOrEqual(nodeSize.height);
  expect(bends).toHaveLength(3);
});

test("two relations between the same nodes are two edges, and a cycle is laid out too", () => {
  const { bends } = layout({
    nodes: ["a", "b"],
    edges: [
      ["a", "b"],
      ["a", "b"],
      ["b", "a"],
    ],
  });
  expect(bends.every((points) => points.length > 1)).toBe(true);
});

test("a large graph has a place for every node", () => {
  const nodes = Array.from({ length: 500 }, (_, index) => `n${index}`);
  const edges = nodes.slice(1).map((id, index) => [`n${Math.floor(index / 3)}`, id] as const);
  const { at } = layout({ nodes, edges });
  expect(new Set(Object.values(at).map(String)).size).toBe(500);
});

test("nothing has no size", () => {
  expect(layout({ nodes: [], edges: [] })).toEqual({ width: 0, height: 0, at: {}, bends: [] });
});
