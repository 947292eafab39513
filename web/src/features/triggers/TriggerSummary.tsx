import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Facts } from "../../entity/Facts.tsx";
import { versionName } from "../../entity/version.ts";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { toYaml } from "../../entity/export.ts";
import { key } from "../../api/keys.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { SparkBars } from "../../ui/charts/SparkBars.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { Lacks } from "./Lacks.tsx";
import { explain, triggers } from "./queries.ts";
import { Target } from "./Target.tsx";
import { plain, targetOf, text, type TriggerDoc, zoned } from "./trigger.ts";
import css from "./Triggers.module.css";
import { When } from "./When.tsx";

const barsShown = 30;

/** When a trigger fires next, what it runs with what, and how its last runs went. */
export function TriggerSummary({ project, doc, kindTitle }: { project: string; doc: TriggerDoc; kindTitle: string }) {
  const m = useMessages();
  const f = useFormat();
  const t = m.triggers;
  const spec = plain(doc.spec);
  const target = targetOf(spec);
  const { data: versions } = useQuery({
    ...triggers.versions(project, target?.name ?? ""),
    enabled: target !== undefined,
  });
  const bound = versions?.content.find(({ id }) => id === target?.version);
  const newest = versions?.content[0];
  const { data: fired } = useQuery(triggers.runs(project, doc.id));
  const schedule = text(spec["schedule"]);
  const { data: said } = useQuery({
    queryKey: key("trigger", project, "settings", { schedule, zone: text(spec["timezone"]), locale: t.title }),
    queryFn: ({ signal }) => explain(schedule, text(spec["timezone"]), signal),
    enabled: schedule !== "",
    staleTime: Infinity, // the words; the times are the trigger's own
  });
  const next = doc.status.next ?? [];
  const options = ["concurrency_policy", "misfire_policy", "start", "end"].filter((name) => text(spec[name]) !== "");
  const labels = doc.metadata.labels ?? [];
  return (
    <div className={css.columns}>
      <section className={css.card} aria-label={t.when}>
        <h2>{t.when}</h2>
        {said !== undefined && "words" in said ? (
          <p>{zoned(m, said.words, spec)}</p>
        ) : (
          <p>
            <When spec={spec} />
          </p>
        )}
        {schedule !== "" && (
          <>
            <h3>{t.nextTimes}</h3>
            {next.length === 0 ? (
              <p className={css.quiet}>{t.noNext}</p>
            ) : (
              <ol className={css.times} aria-label={t.nextTimes}>
                {next.map((at) => (
                  <li key={at}>{f.dateTimeFull(at)}</li>
                ))}
              </ol>
            )}
          </>
        )}
        <Facts
          facts={[
            [t.expression, schedule === "" ? undefined : <code key="expression">{schedule}</code>],
            ...options.map((name): [string, ReactNode] => [
              t.options[name as keyof typeof t.options],
              text(spec[name]),
            ]),
          ]}
        />
      </section>
      <section className={css.card} aria-label={t.runs}>
        <h2>{t.runs}</h2>
        <Facts
          facts={[
            [t.function, <Target key="target" project={project} spec={spec} />],
            [
              t.version,
              bound === undefined || newest === undefined
                ? undefined
                : bound.id === newest.id
                  ? `${versionName(bound)} (${m.functions.latest})`
                  : t.olderVersion(versionName(bound), versionName(newest)),
            ],
          ]}
        />
        {target !== undefined && bound !== undefined && (
          <Lacks project={project} id={doc.id} target={target} of={bound.spec} template={plain(spec["template"])} />
        )}
        <h3>{t.template}</h3>
        <Template name={doc.name} id={doc.id} template={spec["template"] ?? {}} />
      </section>
      <section className={css.card} aria-label={t.history}>
        <h2>{t.history}</h2>
        {fired === undefined || fired.runs.length === 0 ? (
          <p className={css.quiet}>{t.neverFired}</p>
        ) : (
          <p className={css.state}>
            <SparkBars
              places={Math.min(barsShown, fired.runs.length)}
              bars={fired.runs
                .slice(0, barsShown)
                .map(({ id, status }) => ({
                  id,
                  state: status.state,
                  duration: status.durations?.total === undefined ? undefined : status.durations.total * 1000,
                }))
                .toReversed()}
            />
            <span>{t.firedTimes(fired.total)}</span>
          </p>
        )}
      </section>
      <div className={css.card} data-whole>
        <Facts
          facts={[
            [m.functions.description, doc.metadata.description],
            [t.kind, kindTitle],
            [t.state, <StatusBadge key="state" state={doc.status.state} entity="trigger" />],
            [t.key, <Key key="key" value={doc.key} what={t.keyWord} />],
            [m.functions.labels, labels.length === 0 ? undefined : <LabelList key="labels" labels={labels} />],
            [t.created, <TimeAgo key="created" at={doc.metadata.created} />],
            [t.updated, <TimeAgo key="updated" at={doc.metadata.updated} />],
            [t.by, doc.metadata.updated_by],
          ]}
        />
      </div>
    </div>
  );
}

function Template({ name, id, template }: { name: string; id: string; template: unknown }) {
  const m = useMessages();
  const { data } = useQuery({
    queryKey: key("trigger", "", "settings", { template: id }),
    queryFn: () => toYaml([template]),
    staleTime: Infinity, // a trigger's settings are fixed
  });
  if (Object.keys(plain(template)).length === 0) return <p className={css.quiet}>{m.triggers.noTemplate}</p>;
  if (data === undefined) return <SkeletonRows rows={2} />;
  return <LazyEditor label={m.triggers.templateOf(name)} language="yaml" value={data} readOnly />;
}
