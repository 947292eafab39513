import type { Ref } from "react";
import { useFormat, useMessages } from "../i18n/language.ts";
import { Callout } from "../ui/callout/Callout.tsx";
import css from "./Form.module.css";
import type { Shown } from "./use-problems.ts";
import { problemText } from "./words.ts";

interface ErrorSummaryProps {
  shown: readonly Shown[];
  onGo: (pointer: string) => void;
  ref: Ref<HTMLDivElement>;
}

/** All that keeps a form from being sent, each leading to its field. */
export function ErrorSummary({ shown, onGo, ref }: ErrorSummaryProps) {
  const words = useMessages().forms;
  const format = useFormat();
  return (
    <div ref={ref} tabIndex={-1} className={css.problems}>
      {shown.length > 0 && (
        <Callout tone="error" title={words.summary.title(shown.length)}>
          <ul className={css.problemList}>
            {shown.map(({ problem, home }) => (
              <li key={`${problem.pointer} ${problem.rule}`}>
                <button type="button" className={css.link} onClick={() => onGo(home.pointer)}>
                  {words.summary.link(
                    home.titles.length === 0 ? words.summary.whole : home.titles.join(" › "),
                    problemText(problem, words, format),
                  )}
                </button>
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </div>
  );
}
