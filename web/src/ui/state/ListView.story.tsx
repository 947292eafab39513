import { longText, nothing, type Story } from "../../stories/story.ts";
import { EmptyState } from "./EmptyState.tsx";
import { type ListState, ListView } from "./ListView.tsx";
import { settled } from "./settled.ts";

const failed: ListState = {
  ...settled,
  error: { failure: { kind: "error", message: "The database is locked.", details: "locked" } },
};

interface ExampleProps {
  state?: ListState;
  count?: number;
  filtered?: boolean;
  total?: number;
  text?: string;
}

function Example({ state = settled, count = 3, filtered = false, total, text = "train" }: ExampleProps) {
  return (
    <ListView
      state={state}
      what="functions"
      count={count}
      filtered={filtered}
      totalUnfiltered={total}
      onClearFilters={nothing}
      empty={<EmptyState title="No functions yet" help="A function is code that dhub keeps and runs." />}
    >
      <p>{text}</p>
    </ListView>
  );
}

export const story: Story = {
  about: "Draws a list in whichever state it is.",
  keyboard: { Tab: "reaches Retry, or what clears the filters" },
  states: {
    default: <Example />,
    loading: <Example state={{ ...settled, isPending: true }} count={0} />,
    empty: <Example count={0} />,
    "filtered to nothing": <Example count={0} filtered total={128} />,
    "filtered to nothing, of unknown many": <Example count={0} filtered />,
    error: <Example state={failed} count={0} />,
    "error, with what was there": <Example state={failed} />,
    "long text": <Example text={longText.slice(0, 120)} />,
  },
};
