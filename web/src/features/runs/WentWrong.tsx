import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { codeFragment } from "../../entity/code.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { reasonTitle } from "../../entity/reason.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { runs } from "./queries.ts";
import { reasonAdvice } from "./reason.ts";
import { actionOf, executableOf, memoryLimit, type RunDoc, spent } from "./run.ts";
import { moreMemory } from "./memory.ts";
import css from "./RunPage.module.css";

/** Reasons that lie in the function: its code, its handler, what it needs. */
const mendedInFunction: ReadonlySet<string> = new Set([
  "user_error",
  "exit_code",
  "signal",
  "missing_module",
  "handler_not_found",
  "environment_failed",
  "source_not_fetched",
  "interpreter_missing",
  "client_error",
]);

/** Why a run failed: cause, phase, limit and peak, the last lines of its log, and what to do next. */
export function WentWrong({ project, run, tail: withTail }: { project: string; run: RunDoc; tail: boolean }) {
  const m = useMessages();
  const f = useFormat();
  const failed = run.status.state === "ERROR";
  const { data: tail } = useQuery({ ...runs.tail(project, run.id, undefined), enabled: failed });
  const { data: executed } = useQuery({ ...runs.executable(project, run.id), enabled: failed });
  const lines = useMemo(() => tail?.lines.filter((line) => line.trim() !== ""), [tail]);
  if (!failed) return null;
  const labels = m.runs.page;
  const { reason, exit, usage } = run.status;
  const code = reason?.code ?? "internal";
  const time = spent(run, 0);
  const phase = time.running > 0 ? "running" : time.starting > 0 ? "starting" : "queued";
  const limit = memoryLimit(run);
  const peak = usage?.["memory_peak_bytes"];
  const more = code === "memory_limit" ? moreMemory(limit, peak) : undefined;
  const advice = reasonAdvice(m, code);
  const of = executableOf(run);
  const mends = of?.entity === "function" && mendedInFunction.has(code);
  const fragment = codeFragment(run.spec);
  const facts: readonly (readonly [string, string])[] = [
    ...(limit === undefined ? [] : [[labels.limit, limit] as const]),
    ...(peak === undefined ? [] : [[labels.peak, f.bytes(peak)] as const]),
    ...(exit === undefined ? [] : [[labels.exit, String(exit.code)] as const]),
    ...(reason?.signal === undefined ? [] : [[labels.signal, reason.signal] as const]),
  ];
  return (
    <section className={css.wrong} aria-label={labels.wrong}>
      <h2>{labels.wrong}</h2>
      <p className={css.cause}>
        <strong>{reasonTitle(m, code)}</strong>
        {reason !== undefined && reason.message !== "" && <span>{reason.message}</span>}
      </p>
      <p>
        {labels.during(labels.phases[phase], f.duration(time.total))}
        {advice !== undefined && ` ${advice}`}
      </p>
      {facts.length > 0 && (
        <dl className={css.numbers}>
          {facts.map(([term, fact]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      )}
      {withTail && lines !== undefined && (
        <div role="group" aria-label={labels.lastLines}>
          {lines.length === 0 ? <p>{labels.noLines}</p> : <pre className={css.tail}>{lines.join("\n")}</pre>}
        </div>
      )}
      <p className={css.next}>
        <ButtonLink
          size="small"
          to="/p/$project/runs/$id/{-$tab}"
          params={{ project, id: run.id, tab: "logs" }}
          {...(tail?.cause !== undefined && { hash: `L${tail.cause}` })}
        >
          {tail?.cause === undefined ? labels.openLogs : labels.openLogsAt(f.number(tail.cause))}
        </ButtonLink>
        {mends && (
          <ButtonLink
            size="small"
            tone="primary"
            to="/p/$project/functions/$name/edit"
            params={{ project, name: of.name }}
            // The version that failed, if it is still there.
            {...(executed?.version !== undefined && { search: { v: of.id } })}
            {...(fragment !== undefined && { hash: fragment })}
          >
            {labels.editFunction}
          </ButtonLink>
        )}
        {of?.entity === "function" && (
          <ButtonLink
            size="small"
            tone={more === undefined && code !== "arguments_missing" ? "plain" : "primary"}
            to="/p/$project/functions/$name/run"
            params={{ project, name: of.name }}
            search={{ action: actionOf(run.kind), from: run.id, ...(more !== undefined && { mem: more }) }}
          >
            {more === undefined ? labels.rerunChanged : labels.rerunMemory(more)}
          </ButtonLink>
        )}
      </p>
    </section>
  );
}
