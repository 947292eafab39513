import { Duration } from "../../ui/time/Duration.tsx";
import { useNow } from "../../ui/time/clock.ts";
import { lives, type RunDoc, spent } from "./run.ts";

type Timed = Pick<RunDoc, "status" | "metadata">;

/** How long a run took, split into queue, start and execution; one that lives counts on. */
export function RunDuration({ run }: { run: Timed }) {
  return lives(run) ? <Counting run={run} /> : <Fixed run={run} now={0} />;
}

function Counting({ run }: { run: Timed }) {
  return <Fixed run={run} now={useNow("second")} />;
}

function Fixed({ run, now }: { run: Timed; now: number }) {
  const { total, ...phases } = spent(run, now);
  // Whole seconds while it counts: tenths that stand still for a second look broken.
  return <Duration total={now > 0 ? Math.floor(total / 1000) * 1000 : total} phases={phases} />;
}
