import type { Schema } from "../../api/client.ts";

type Node = Schema<"LineageNode">;

/** A node beside the one that is looked at, and how the two relate. */
export interface Related {
  node: Node;
  /** up: it came from there; down: that came of it. */
  direction: "up" | "down";
  types: readonly string[];
}

/** What is one step away in a lineage, what it came from first. */
export function relatedTo(lineage: Schema<"Lineage">): readonly Related[] {
  const { focus } = lineage;
  const typesOf = (key: string) => [
    ...new Set(
      lineage.edges
        .filter(({ source, dest }) => (source === focus && dest === key) || (source === key && dest === focus))
        .map(({ type }) => type),
    ),
  ];
  return lineage.nodes
    .filter(({ key, depth }) => key !== focus && Math.abs(depth) === 1)
    .map((node): Related => ({ node, direction: node.depth < 0 ? "up" : "down", types: typesOf(node.key) }))
    .toSorted((a, b) => a.node.depth - b.node.depth || a.node.name.localeCompare(b.node.name));
}
