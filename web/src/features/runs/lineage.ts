import type { Schema } from "../../api/client.ts";

type Node = Schema<"LineageNode">;

/** What stands beside a run in its lineage. */
export interface Beside {
  node: Node;
  /** up: what the run came from or read; down: what it wrote or led to. */
  direction: "up" | "down";
  type: string;
}

/** What is one step away from the run that a lineage looks at: what it came from first, then what came of it. */
export function besideRun({ focus, nodes, edges }: Schema<"Lineage">): readonly Beside[] {
  return edges
    .filter(({ source, dest }) => (source === focus) !== (dest === focus))
    .flatMap(({ source, dest, type }): Beside[] => {
      // The source of an edge came of its destination.
      const direction = source === focus ? "up" : "down";
      const node = nodes.find(({ key }) => key === (direction === "up" ? dest : source));
      return node === undefined ? [] : [{ node, direction, type }];
    })
    .toSorted((a, b) => b.direction.localeCompare(a.direction) || a.node.name.localeCompare(b.node.name));
}
