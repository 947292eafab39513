import { longText, type Story } from "../stories/story.ts";
import { type GraphEdge, GraphView } from "./GraphView.tsx";

interface ExampleProps {
  label: string;
  nodes: readonly string[];
  edges: readonly GraphEdge[];
  focus?: string;
}

const draw = (id: string) => <a href="#graph-view">{id}</a>;

function Example({ label, nodes, edges, focus }: ExampleProps) {
  return <GraphView label={label} nodes={nodes} edges={edges} focus={focus} draw={draw} />;
}

const nodes = ["clean", "run 1", "recordings", "train", "run 2", "forest"];
const edges: GraphEdge[] = [
  { left: "clean", right: "run 1", type: "run_of" },
  { left: "run 1", right: "recordings", type: "produced" },
  { left: "recordings", right: "run 2", type: "consumed" },
  { left: "train", right: "run 2", type: "run_of" },
  { left: "run 2", right: "forest", type: "produced" },
];
const chain = Array.from({ length: 80 }, (_, index) => `step ${index}`);

export const story: Story = {
  about: "A graph from left to right that scrolls and zooms; its nodes are links and words of the page's own.",
  keyboard: { Tab: "reaches the zoom, then each node", Enter: "follows the node's link" },
  states: {
    default: <Example label="Lineage of forest" nodes={nodes} edges={edges} focus="forest" />,
    one: <Example label="Alone" nodes={["forest"]} edges={[]} />,
    empty: <Example label="Nothing" nodes={[]} edges={[]} />,
    "long text": (
      <Example
        label={longText}
        nodes={[longText, "forest"]}
        edges={[{ left: longText, right: "forest", type: "produced" }]}
      />
    ),
  },
  alone: {
    many: (
      <Example
        label="Many"
        nodes={chain}
        edges={chain.slice(1).map((right, index) => ({ left: `step ${index - (index % 3)}`, right, type: "step_of" }))}
      />
    ),
  },
};
