import { graphlib, layout as arrange } from "@dagrejs/dagre";

/** The size of every node, in pixels. */
export const nodeSize = { width: 200, height: 48 };

/** A graph to be laid out: what lies left of what. */
export interface Layered {
  nodes: readonly string[];
  edges: readonly (readonly [left: string, right: string])[];
}

/** Where everything lies: the upper left corner of each node, and the bends of each edge in the order given. */
export interface Layout {
  width: number;
  height: number;
  at: Readonly<Record<string, readonly [x: number, y: number]>>;
  bends: readonly (readonly (readonly [x: number, y: number])[])[];
}

/** Beyond this, ranks are found the quick way. */
const many = 150;

/** Lays a graph out from left to right. */
export function layout({ nodes, edges }: Layered): Layout {
  if (nodes.length === 0) return { width: 0, height: 0, at: {}, bends: [] }; // arranged, it would be infinitely small
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "LR",
    nodesep: 16,
    ranksep: 56,
    marginx: 16,
    marginy: 16,
    ranker: nodes.length > many ? "longest-path" : "network-simplex",
  });
  for (const id of nodes) graph.setNode(id, { ...nodeSize });
  for (const [index, [left, right]] of edges.entries()) graph.setEdge(left, right, {}, String(index));
  arrange(graph);
  const at: Record<string, readonly [number, number]> = {};
  for (const id of nodes) {
    const { x = 0, y = 0 } = graph.node(id);
    at[id] = [x - nodeSize.width / 2, y - nodeSize.height / 2];
  }
  const bends = edges.map(([left, right], index) => {
    const { points } = graph.edge(left, right, String(index));
    const between = (points ?? []).slice(1, -1).map(({ x, y }: { x: number; y: number }) => [x, y] as const);
    // From the middle of one side to the middle of the other; an edge that goes back leaves on the same sides.
    const [leftX = 0, leftY = 0] = at[left] ?? [];
    const [rightX = 0, rightY = 0] = at[right] ?? [];
    const half = nodeSize.height / 2;
    return [[leftX + nodeSize.width, leftY + half] as const, ...between, [rightX, rightY + half] as const];
  });
  const { width = 0, height = 0 } = graph.graph();
  return { width, height, at, bends };
}
