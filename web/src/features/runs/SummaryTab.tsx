import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { errorText } from "../../api/error.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { Attempts } from "./Attempts.tsx";
import { runChanges } from "./mutations.ts";
import { executableOf, parametersOf, briefValue, type RunDoc, statusEntity } from "./run.ts";
import { FiredBy } from "./FiredBy.tsx";
import { Facts } from "./Facts.tsx";
import css from "./RunPage.module.css";

/** What a run is: identity, where it comes from, its parameters and results at a glance, its transitions. */
export function SummaryTab({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const f = useFormat();
  const labels = m.runs.page;
  const c = m.runs.columns;
  const of = executableOf(run);
  const entity = statusEntity(run.kind);
  const description = run.metadata["description"];
  const fired = run.status.trigger?.job;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [c.state, <StatusBadge key="state" state={run.status.state} entity={entity} since={run.status.started_at} />],
    [c.kind, run.kind],
    [c.id, <Key key="id" value={run.id} what={m.runs.id} />],
    [labels.key, <Key key="key" value={run.key} what={labels.key} />],
    ...(of === undefined
      ? []
      : [
          [
            c.function,
            <Link key="of" to="/p/$project/functions/$name" params={{ project, name: of.name }} search={{ v: of.id }}>
              {of.name}
            </Link>,
          ] as const,
        ]),
    ...(fired === undefined ? [] : [[m.runs.trigger, <FiredBy key="fired" fired={fired} />] as const]),
    [c.created, <TimeAgo key="created" at={run.metadata.created} />],
    [c.updated, <TimeAgo key="updated" at={run.metadata.updated} />],
    [labels.by, run.metadata.created_by ?? run.user],
    ...(typeof description === "string" ? [[labels.description, description] as const] : []),
    [c.labels, <RunLabels key="labels" project={project} run={run} />],
  ];
  const parameters = Object.entries(parametersOf(run));
  const results = Object.entries(run.status.results ?? {});
  return (
    <div className={css.columns}>
      <section className={css.card} aria-label={labels.summary}>
        <Facts facts={facts} />
      </section>
      <div className={css.stack}>
        {parameters.length > 0 && (
          <section className={css.card} aria-label={labels.parameters}>
            <h2>{labels.parameters}</h2>
            <Facts facts={parameters.map(([name, value]) => [name, <code key={name}>{briefValue(value)}</code>])} />
          </section>
        )}
        {results.length > 0 && (
          <section className={css.card} aria-label={labels.results}>
            <h2>{labels.results}</h2>
            <Facts facts={results.map(([name, value]) => [name, <code key={name}>{briefValue(value)}</code>])} />
          </section>
        )}
        {(run.status.notices?.length ?? 0) > 0 && (
          <section className={css.card} aria-label={labels.notices}>
            <h2>{labels.notices}</h2>
            <ul className={css.notices}>
              {run.status.notices?.map((notice) => (
                <li key={`${notice.code} ${notice.field ?? ""}`}>{notice.message}</li>
              ))}
            </ul>
          </section>
        )}
        <section className={css.card} aria-label={labels.transitions}>
          <h2>{labels.transitions}</h2>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{labels.time}</th>
                <th scope="col">{c.state}</th>
                <th scope="col">{labels.message}</th>
              </tr>
            </thead>
            <tbody>
              {run.status.transitions?.map((each) => (
                <tr key={`${each.status} ${each.time}`}>
                  <td className={css.time} title={f.dateTimeFull(each.time)}>
                    {f.time(each.time)}
                  </td>
                  <td>
                    <StatusBadge state={each.status} entity={entity} />
                  </td>
                  <td className={css.text}>{each.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Attempts run={run} />
      </div>
    </div>
  );
}

function RunLabels({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [draft, setDraft] = useState<readonly string[] | undefined>(undefined);
  const bulk = useMutation(runChanges.bulk(project));
  const held = run.metadata.labels ?? [];
  if (draft === undefined) {
    return (
      <span className={css.labels}>
        <LabelList labels={held} />
        <Button size="small" tone="quiet" disabledReason={blocked} onClick={() => setDraft(held)}>
          {m.runs.page.editLabels}
        </Button>
      </span>
    );
  }
  const add = draft.filter((label) => !held.includes(label));
  const remove = held.filter((label) => !draft.includes(label));
  const save = () => {
    if (add.length + remove.length === 0) return setDraft(undefined);
    return bulk.mutate(
      { action: "label", ids: [run.id], add, remove },
      {
        onSuccess: () => {
          toast({
            tone: "success",
            text: m.runs.page.labelsSaved,
            undo: () => bulk.mutate({ action: "label", ids: [run.id], add: remove, remove: add }),
          });
          setDraft(undefined);
        },
        onError: (error) => toast({ tone: "error", text: errorText(error) }),
      },
    );
  };
  return (
    <span className={css.labelEdit}>
      <LabelEditor label={m.runs.columns.labels} value={draft} onChange={setDraft} />
      <span className={css.labels}>
        <Button size="small" tone="primary" busy={bulk.isPending} onClick={save}>
          {m.runs.page.saveLabels}
        </Button>
        <Button size="small" onClick={() => setDraft(undefined)}>
          {m.ui.cancel}
        </Button>
      </span>
    </span>
  );
}
