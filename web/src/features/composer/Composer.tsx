import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { PickersProvider } from "../../forms/pickers.ts";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { functions } from "../functions/queries.ts";
import { askedInput } from "./begin.ts";
import { ChooseVersion } from "./ChooseVersion.tsx";
import css from "./Composer.module.css";
import { LackWarning } from "./LackWarning.tsx";
import type { NewRun } from "./mutations.ts";
import { Review } from "./Review.tsx";
import { parameterNames, takeOver } from "./spec.ts";
import { StartBar } from "./StartBar.tsx";
import { StartFrom } from "./StartFrom.tsx";
import { Step, StepRail } from "./Step.tsx";
import { SweepFields } from "./SweepFields.tsx";
import { useComposed } from "./use-composed.ts";
import { useLeadToField } from "./use-lead-to-field.ts";
import { useRunForm } from "./use-run-form.ts";
import { useRunPickers } from "./use-run-pickers.tsx";
import { useStart } from "./use-start.ts";

const YamlForm = lazy(async () => ({ default: (await import("../../forms/YamlForm.tsx")).YamlForm }));
const route = getRouteApi("/p/$project/functions/$name/run");

/** Composes a run: configuration, inputs and parameters, review; all on one page, filled from an earlier run. */
export function Composer() {
  const { project, name } = route.useParams();
  const { action, from, input } = route.useSearch();
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, 100));
  const [latest] = versions.content;
  if (latest === undefined) return null;
  return <Compose key={`${project} ${name} ${action ?? ""} ${from ?? ""} ${input ?? ""}`} latest={latest.kind} />;
}

function Compose({ latest: functionKind }: { latest: string }) {
  const m = useMessages();
  const { project, name } = route.useParams();
  const search = route.useSearch();
  const { from } = search;
  const { start, executed } = route.useLoaderData();
  const { kind, action, schema: served, run: origin } = start;
  const { data: newest } = useSuspenseQuery(functions.versions(project, name, 100));
  const versions = useMemo(
    () => (executed === undefined ? newest.content : [...newest.content, executed]),
    [executed, newest],
  );
  const form = useRunForm(project, served);
  const { names } = form;
  const reference = (id: string) => `${functionKind}://${project}/${name}:${id}`;
  // A clone executes the version that its origin did; a new run the latest.
  const cloned = from === undefined ? undefined : versions.find(({ id }) => origin?.spec["function"] === reference(id));
  const composed = useComposed({
    kind,
    action,
    origin,
    names,
    root: form.root,
    versions: versions.map(({ id }) => id),
    version: cloned?.id ?? versions[0]?.id ?? "",
  });
  const { spec, base, drafts, change, startFrom } = composed;
  const { version, sweep } = composed.beside;
  const [input] = useState(() => askedInput(origin, names, search));
  const [asYaml, setAsYaml] = useState(false);
  const configuration = useRef<FormHandle>(null);
  const data = useRef<FormHandle>(null);
  const warning = useRef<HTMLDivElement>(null);
  const forms = { configuration, data };
  const { pickers, dialog } = useRunPickers(project);
  const labels =
    origin !== undefined && from !== undefined ? origin.labels.filter((label) => !label.startsWith("sweep:")) : [];
  const run: NewRun = { kind, fn: reference(version), spec, labels };
  const executedSpec = versions.find(({ id }) => id === version)?.spec;
  const takesArguments = names.includes("parameters");
  const starter = useStart({
    project,
    name,
    run,
    sweep,
    executed: executedSpec,
    takesArguments,
    forms,
    warning,
    onCreated: () => drafts.done(),
  });
  const { errors, failure } = starter;
  useLeadToField({ forms, spec, input, refused: starter.refused });
  const baseline =
    origin === undefined ? undefined : { value: base, label: from === undefined ? m.composer.lastRun : origin.name };
  const { schema, uiSchema } = form;
  const common = { schema, uiSchema, value: spec, onChange: change, base: "/spec", baseline };
  const { configuration: first, data: second, review, whole } = m.composer.steps;
  const steps = asYaml ? [whole, review] : [first, second, review];
  const sweepFields = (
    <SweepFields
      parameters={parameterNames(spec)}
      value={sweep}
      count={starter.swept}
      problem={starter.sweepSays}
      onChange={(typed) => composed.changeBeside({ sweep: typed })}
    />
  );
  const lackWarning = takesArguments && (
    <LackWarning
      ref={warning}
      project={project}
      name={name}
      version={version}
      executed={executedSpec}
      spec={spec}
      lack={starter.lack}
      onAdd={(next, pointer) => {
        change(next);
        setTimeout(() => (asYaml ? configuration : data).current?.focus(pointer)); // when it is drawn
      }}
    />
  );
  return (
    <PickersProvider value={pickers}>
      <Page
        title={m.composer.title(name)}
        meta={action}
        breadcrumb={<Crumbs entity="function" project={project} of={{ name }} />}
        actions={
          <StartFrom
            project={project}
            name={name}
            kind={kind}
            origin={origin}
            spec={spec}
            onStart={(next) => startFrom(takeOver(next, names))}
            onPick={composed.pick}
          />
        }
      >
        <div className={css.composer}>
          <DraftOffer draft={drafts} onRestore={composed.restore} />
          {failure !== undefined && <Callout tone="error" title={failure} />}
          <StepRail steps={steps} />
          <Step steps={steps} index={0}>
            {from !== undefined && cloned === undefined && (
              <Callout tone="warning">{m.composer.versionGone(name)}</Callout>
            )}
            <ChooseVersion
              versions={versions}
              version={version}
              onVersion={(id) => composed.changeBeside({ version: id })}
              asYaml={asYaml}
              onAsYaml={setAsYaml}
              broken={starter.broken}
            />
            {asYaml ? (
              <Suspense fallback={<SkeletonRows />}>
                <YamlForm {...common} ref={configuration} label={whole} errors={errors} onBroken={starter.setBroken} />
              </Suspense>
            ) : (
              <SchemaForm {...common} {...form.configuration(errors)} ref={configuration} label={first} />
            )}
            {asYaml && lackWarning}
            {asYaml && sweepFields}
          </Step>
          {!asYaml && (
            <Step steps={steps} index={1}>
              {input !== undefined && (
                <Callout tone={input.guessed ? "warning" : "info"}>
                  {input.guessed ? m.composer.input.guessed(input.argument) : m.composer.input.replaced(input.argument)}
                </Callout>
              )}
              {lackWarning}
              <SchemaForm {...common} {...form.data(errors)} ref={data} label={second} />
              {sweepFields}
            </Step>
          )}
          <Step steps={steps} index={steps.length - 1}>
            <Review
              project={project}
              name={name}
              action={action}
              run={run}
              base={origin === undefined ? undefined : base}
              of={baseline?.label ?? ""}
            />
          </Step>
          {dialog}
          <StartBar project={project} name={name} sweeping={sweep !== undefined} starter={starter} />
        </div>
      </Page>
    </PickersProvider>
  );
}
