import type { ReactNode } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./Composer.module.css";

/** Goes to a step of the page. */
function goTo(step: number) {
  document.getElementById(`step-${step}`)?.focus();
}

/** The steps by name, each a way to it. */
export function StepRail({ steps }: { steps: readonly string[] }) {
  const m = useMessages();
  return (
    <nav aria-label={m.composer.steps.label}>
      <ol className={css.rail}>
        {steps.map((step, index) => (
          <li key={step}>
            <Button size="small" tone="quiet" onClick={() => goTo(index)}>
              {m.composer.steps.numbered(index + 1, step)}
            </Button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StepProps {
  steps: readonly string[];
  index: number;
  children: ReactNode;
}

/** One step of the page, with the way to the next and back. */
export function Step({ steps, index, children }: StepProps) {
  const m = useMessages();
  return (
    <section className={css.step} aria-labelledby={`step-${index}`}>
      <h2 id={`step-${index}`} tabIndex={-1}>
        {m.composer.steps.numbered(index + 1, steps[index] ?? "")}
      </h2>
      {children}
      <div className={css.ways}>
        {index > 0 && (
          <Button size="small" tone="quiet" onClick={() => goTo(index - 1)}>
            {m.composer.steps.back}
          </Button>
        )}
        {index < steps.length - 1 && (
          <Button size="small" onClick={() => goTo(index + 1)}>
            {m.composer.steps.next}
          </Button>
        )}
      </div>
    </section>
  );
}
