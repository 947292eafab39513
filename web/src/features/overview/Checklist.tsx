import { Circle, CircleCheck } from "lucide-react";
import { PlaceButton } from "../../entity/PlaceButton.tsx";
import type { Place } from "../../entity/place.ts";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./Checklist.module.css";
import { countOf, newestEnded, runsEver } from "./facts.ts";
import type { SummaryDoc } from "./queries.ts";

interface Step {
  id: "create" | "run" | "look" | "schedule";
  done: boolean;
  /** Where its button leads; undefined as long as the step before is open. */
  place: Place | undefined;
}

function stepsOf(summary: SummaryDoc): readonly Step[] {
  const { project } = summary;
  const made = summary.changed.find((each) => each.entity === "function");
  const ended = newestEnded(summary);
  const params = { project };
  return [
    { id: "create", done: made !== undefined, place: { to: "/p/$project/templates", params } },
    {
      id: "run",
      done: runsEver(summary) > 0,
      place: made && { to: "/p/$project/functions/$name/run", params: { project, name: made.name } },
    },
    {
      id: "look",
      done: false,
      place: ended && { to: "/p/$project/runs/$id", params: { project, id: ended.id } },
    },
    {
      id: "schedule",
      done: countOf(summary, "trigger") > 0,
      place: made && { to: "/p/$project/new/trigger", params, search: { function: made.name } },
    },
  ];
}

/** The first steps in a new project, each with one button. */
export function Checklist({ summary }: { summary: SummaryDoc }) {
  const m = useMessages();
  const steps = stepsOf(summary);
  const current = steps.find((step) => !step.done)?.id;
  return (
    <section className={css.card} aria-labelledby="begin">
      <h2 id="begin">{m.overview.begin}</h2>
      <p className={css.quiet}>{m.overview.beginHelp}</p>
      <ol className={css.steps}>
        {steps.map(({ id, done, place }) => {
          const words = m.overview.steps[id];
          const tone = id === current ? "primary" : "plain";
          return (
            <li key={id} className={css.step} data-done={done || undefined}>
              {done ? <CircleCheck aria-hidden="true" /> : <Circle aria-hidden="true" />}
              <div className={css.words}>
                <span className={css.title}>
                  {words.title}
                  {done && <span className={css.done}>{m.overview.done}</span>}
                </span>
                <span className={css.quiet}>{words.help}</span>
              </div>
              {place === undefined ? (
                <Button size="small" disabledReason={id === "look" ? m.overview.runsLater : m.overview.notYet}>
                  {words.action}
                </Button>
              ) : (
                <PlaceButton place={place} tone={tone}>
                  {words.action}
                </PlaceButton>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
