import { useQuery } from "@tanstack/react-query";
import { type RefObject, useMemo } from "react";
import type { FieldError } from "../../api/error.ts";
import { LackingArguments } from "../../entity/LackingArguments.tsx";
import { useSignature } from "../../entity/use-signature.ts";
import { versionName } from "../../entity/version.ts";
import type { FormHandle } from "../../forms/SchemaForm.tsx";
import { SpecForm } from "../../forms/SpecForm.tsx";
import { PlaceholderMenu } from "../../forms/PlaceholderMenu.tsx";
import { useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { functions } from "../functions/queries.ts";
import { Choice } from "./Choice.tsx";
import type { TriggerDraft } from "./draft.ts";
import { triggers } from "./queries.ts";
import { leftOut, loosened, plain } from "./trigger.ts";
import css from "./Triggers.module.css";

interface WhatToRunProps {
  project: string;
  draft: TriggerDraft;
  onChange: (part: Partial<TriggerDraft>) => void;
  actionsOf: (kind: string) => readonly string[];
  errors: readonly FieldError[];
  problem: string | undefined;
  ref: RefObject<FormHandle | null>;
}

/** The function that a trigger runs, its version and action, and the settings of each run. */
export function WhatToRun({ project, draft, onChange, actionsOf, errors, problem, ref }: WhatToRunProps) {
  const m = useMessages();
  const t = m.triggers;
  const { data: names, error: failed, refetch } = useQuery(functions.names(project));
  const { data: versions } = useQuery({ ...triggers.versions(project, draft.fn), enabled: draft.fn !== "" });
  const chosen = versions?.content.find(({ id }) => id === draft.version) ?? versions?.content[0];
  const signature = useSignature(chosen?.spec);
  const actions = chosen === undefined ? [] : actionsOf(chosen.kind);
  const action = actions.includes(draft.action) ? draft.action : (actions[0] ?? "");
  const kind = chosen === undefined || action === "" ? "" : `${chosen.kind}+${action}:run`;
  const {
    data: schema,
    error: unread,
    refetch: readAgain,
  } = useQuery({ ...triggers.runSchema(project, kind), enabled: kind !== "" });
  const form = useMemo(
    () =>
      schema === undefined
        ? undefined
        : { schema: loosened(plain(schema.schema)), omit: leftOut(plain(schema.schema)) },
    [schema],
  );
  if (failed !== null)
    return <ErrorPanel error={failed} what={m.functions.noun.other} onRetry={() => void refetch()} />;
  if (names === undefined) return <SkeletonRows rows={3} />;
  return (
    <>
      <div className={css.patternParts}>
        <Choice
          label={t.function}
          value={draft.fn}
          options={[
            { value: "", label: t.chooseFunction },
            ...names.list.map(({ name }) => ({ value: name, label: name })),
            ...(draft.fn !== "" && !names.list.some(({ name }) => name === draft.fn)
              ? [{ value: draft.fn, label: draft.fn }]
              : []),
          ]}
          onChange={(fn) => onChange({ fn, version: "", action: "" })}
        />
        {versions !== undefined && chosen !== undefined && (
          <Choice
            label={t.version}
            value={chosen.id}
            options={versions.content.map((doc, index) => ({
              value: doc.id,
              label: index === 0 ? `${versionName(doc)} (${m.functions.latest})` : versionName(doc),
            }))}
            onChange={(version) => onChange({ version })}
          />
        )}
        {actions.length > 1 && (
          <Choice
            label={t.action}
            value={action}
            options={actions.map((value) => ({ value, label: value }))}
            onChange={(next) => onChange({ action: next })}
          />
        )}
      </div>
      {problem !== undefined && <p className={css.problem}>{problem}</p>}
      {names.list.length === 0 && <p className={css.quiet}>{t.noFunctions}</p>}
      {chosen !== undefined && <p className={css.quiet}>{t.versionHelp}</p>}
      {draft.fn !== "" &&
        form === undefined &&
        (unread === null ? (
          <SkeletonRows rows={4} />
        ) : (
          <ErrorPanel error={unread} what={t.template} onRetry={() => void readAgain()} />
        ))}
      {form !== undefined && (
        <>
          <p className={css.quiet}>{t.templateHelp[draft.kind]}</p>
          {"parameters" in plain(plain(schema?.schema)["properties"]) && (
            <LackingArguments
              of={chosen?.spec}
              signature={signature}
              given={draft.template}
              fired={draft.kind === "lifecycle" ? "{{input.key}}" : undefined}
              onAdd={(template, pointer) => {
                onChange({ template });
                setTimeout(() => ref.current?.focus(pointer)); // when it is drawn
              }}
            />
          )}
          <PlaceholderMenu>
            <SpecForm
              key={kind}
              ref={ref}
              label={t.template}
              schema={form.schema}
              omit={form.omit}
              uiSchema={{ ...plain(schema?.uiSchema), "ui:order": dataFirst }}
              value={draft.template}
              onChange={(template: JsonObject) => onChange({ template })}
              errors={errors}
              base="/spec/template"
              unfolded={unfolded}
            />
          </PlaceholderMenu>
        </>
      )}
    </>
  );
}

/** What a firing differs in stands before what its runs share. */
const dataFirst = ["inputs", "outputs", "parameters", "init_parameters", "secrets", "*"];

/** What most runs set: the groups of these are open. */
const unfolded = ["inputs", "outputs", "parameters", "init_parameters"];
