import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { type Bucket, Histogram } from "./Histogram.tsx";

const hour = 3_600_000;
const begin = Date.parse("2026-11-22T00:00:00Z");

function buckets(count: number, counts: (index: number) => Bucket["counts"]): Bucket[] {
  return Array.from({ length: count }, (_, index) => ({
    start: begin + index * hour,
    end: begin + (index + 1) * hour,
    counts: counts(index),
  }));
}

const day = buckets(24, (index) => ({
  success: (index * 7) % 12,
  error: index % 5 === 0 ? 2 : 0,
  running: index > 22 ? 3 : 0,
}));

function Example({ label = "Runs", list }: { label?: string; list: readonly Bucket[] }) {
  return (
    <Held<readonly [number, number] | undefined> initial={undefined}>
      {(range, setRange) => <Histogram label={label} buckets={list} range={range} onRange={setRange} />}
    </Held>
  );
}

export const story: Story = {
  about: "Counts over time, stacked by state; a span is chosen by dragging or with its two handles.",
  keyboard: { "← → ↑ ↓": "move the handle that has the focus", "Double click": "chooses all of it again" },
  states: {
    "a day": <Example list={day} />,
    "a span chosen": (
      <Held<readonly [number, number] | undefined> initial={[6, 12]}>
        {(range, setRange) => <Histogram label="Runs" buckets={day} range={range} onRange={setRange} />}
      </Held>
    ),
    "nothing happened": <Example list={buckets(24, () => ({}))} />,
    empty: <Example list={[]} />,
    many: <Example list={buckets(90, (index) => ({ success: index % 31, warning: index % 7, error: index % 3 }))} />,
    "long text": <Example label={longText} list={day} />,
  },
};
