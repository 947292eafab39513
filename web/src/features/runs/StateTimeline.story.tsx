import type { Story } from "../../stories/story.ts";
import type { RunDoc } from "./run.ts";
import { StateTimeline } from "./StateTimeline.tsx";

/** A run that was in these states, newest last, a minute apart. */
function run(states: readonly string[], message = ""): RunDoc {
  const transitions = states.map((status, index) => ({
    status,
    time: new Date(Date.parse("2026-11-22T10:00:00Z") + index * 60_000).toISOString(),
    message,
  }));
  const doc = { kind: "python+job:run", status: { state: states.at(-1), transitions: transitions.toReversed() } };
  return doc as unknown as RunDoc;
}

export const story: Story = {
  about: "The states of a run as a line: each with how long it lasted; the longer, the wider.",
  keyboard: {},
  states: {
    ended: <StateTimeline run={run(["CREATED", "BUILT", "READY", "RUNNING", "COMPLETED"])} />,
    running: <StateTimeline run={run(["CREATED", "BUILT", "READY", "RUNNING"])} />,
    error: <StateTimeline run={run(["CREATED", "BUILT", "ERROR"], "no rows")} />,
    empty: <StateTimeline run={run([])} />,
    "a state that is not known": <StateTimeline run={run(["CREATED", "HIBERNATING", "COMPLETED"])} />,
  },
};
