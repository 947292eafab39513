import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { useKeptNotice } from "../../entity/edit/use-kept-notice.ts";
import { LackingArguments } from "../../entity/LackingArguments.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { type Pickers, PickersProvider } from "../../forms/pickers.ts";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { useDraft } from "../../forms/use-draft.ts";
import { child, get, set } from "../../forms/value.ts";
import { useMessages } from "../../i18n/language.ts";
import { equal, type JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Page } from "../../ui/page/Page.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { functions } from "../functions/queries.ts";
import { type Beside, besideIn, besideOut } from "./beside.ts";
import type { ComposerSearch } from "./composer.route.tsx";
import css from "./Composer.module.css";
import type { NewRun } from "./mutations.ts";
import { composer, runPickers } from "./queries.ts";
import { Review } from "./Review.tsx";
import { Select } from "./Select.tsx";
import {
  dataMembers,
  formSchema,
  memberOf,
  mostSwept,
  placeOfInput,
  settable,
  type Start,
  sweepValues,
  takeOver,
  withInput,
  withLimits,
} from "./spec.ts";
import { StartFrom } from "./StartFrom.tsx";
import { Step, StepRail } from "./Step.tsx";
import { SweepFields } from "./SweepFields.tsx";
import { useCreate } from "./use-create.ts";
import { useLack } from "./use-lack.ts";

const YamlForm = lazy(async () => ({ default: (await import("../../forms/YamlForm.tsx")).YamlForm }));
const CreateSecret = lazy(async () => ({
  default: (await import("../secrets/shared/CreateSecret.tsx")).CreateSecret,
}));
const route = getRouteApi("/p/$project/functions/$name/run");

/** What most runs set: the groups of these are open. */
const unfolded = ["resources", "inputs", "outputs", "parameters", "init_parameters"];

/** Composes a run: configuration, inputs and parameters, review; all on one page, filled from an earlier run. */
export function Composer() {
  const { project, name } = route.useParams();
  const { action, from, input } = route.useSearch();
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, 100));
  const [latest] = versions.content;
  if (latest === undefined) return null;
  return <Compose key={`${project} ${name} ${action ?? ""} ${from ?? ""} ${input ?? ""}`} latest={latest.kind} />;
}

function initialSpec(start: Start | undefined, names: readonly string[], asked: ComposerSearch): JsonObject {
  const { mem, input } = asked;
  const spec = takeOver(start?.spec ?? {}, names);
  const sized = mem === undefined ? spec : set(spec, "/resources/mem", mem);
  return input === undefined || !names.includes("inputs") ? sized : withInput(sized, input);
}

function Compose({ latest: functionKind }: { latest: string }) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const toast = useToast();
  const navigate = useNavigate();
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
  const names = useMemo(() => settable(served.schema), [served]);
  const schema = useMemo(() => formSchema(served.schema), [served]);
  const root = useMemo(() => readSchema(schema), [schema]);
  const base = useMemo(() => takeOver(origin?.spec ?? {}, names), [origin, names]);
  const reference = (id: string) => `${functionKind}://${project}/${name}:${id}`;
  // A clone executes the version that its origin did; a new run the latest.
  const cloned = from === undefined ? undefined : versions.find(({ id }) => origin?.spec["function"] === reference(id));
  const usual: Beside = { version: cloned?.id ?? versions[0]?.id ?? "", sweep: undefined };
  const ids = versions.map(({ id }) => id);
  const draft = draftKey("run", `${project}/${name}`, `${kind} ${from ?? ""}`);
  const { hash } = useLocation();
  const [began] = useState(() => initialSpec(origin, names, search));
  const [input] = useState(() =>
    search.input === undefined || !names.includes("inputs")
      ? undefined
      : placeOfInput(takeOver(origin?.spec ?? {}, names), search.input),
  );
  const [spec, setSpec] = useState<JsonObject>(began);
  const [beganBeside] = useState(usual);
  const [beside, setBeside] = useState<Beside>(beganBeside);
  const { version, sweep } = beside;
  const [asYaml, setAsYaml] = useState(false);
  const [broken, setBroken] = useState(false);
  const drafts = useDraft(draft, origin?.id ?? "", root, began, besideOut(beganBeside));
  useKeptNotice(drafts);
  const configuration = useRef<FormHandle>(null);
  const warning = useRef<HTMLDivElement>(null);
  const data = useRef<FormHandle>(null);
  const [secretMade, setSecretMade] = useState<((name: string | undefined) => void) | undefined>(undefined);
  const pickers = useMemo(
    (): Pickers => ({
      ...runPickers(project),
      createSecret: () => new Promise((resolve) => setSecretMade(() => resolve)),
    }),
    [project],
  );
  const creating = useCreate({
    project,
    name,
    onCreated: () => drafts.done(),
  });
  const { refused } = creating;
  useEffect(() => {
    if (refused === undefined) return;
    const form = dataMembers.has(memberOf(refused.pointer) ?? "") ? data : configuration;
    form.current?.focus(refused.pointer.replace(/^\/spec/, ""));
  }, [refused]);
  const put = (next: JsonObject, other: Beside) => {
    drafts.keep(next, besideOut(other));
    setSpec(next);
    setBeside(other);
  };
  const change = (next: JsonObject) => put(next, beside);
  // What was typed gives way to another start, and comes back by Undo.
  const startFrom = (next: JsonObject) => {
    if (equal(next, spec)) return;
    const typed = !equal(spec, began);
    change(next);
    if (typed) toast({ tone: "info", text: m.composer.start.replaced, undo: () => put(spec, beside) });
  };
  const pick = (run: string) => {
    if (run === from) return startFrom(base);
    const typed = !equal(spec, began) || !equal(besideOut(beside), besideOut(usual));
    drafts.unsaved.current = false; // its own message says so
    const to = { to: "/p/$project/functions/$name/run", params: { project, name } } as const;
    void navigate({ ...to, search: { action, from: run } });
    if (!typed) return;
    toast({
      tone: "info",
      text: m.composer.start.replaced,
      undo: () => void navigate({ ...to, search, state: { restoreDraft: draft } }),
    });
  };
  const labels =
    origin !== undefined && from !== undefined ? origin.labels.filter((label) => !label.startsWith("sweep:")) : [];
  const run: NewRun = { kind, fn: reference(version), spec, labels };
  const values = sweep === undefined ? [] : sweepValues(sweep.values);
  const sweepProblem =
    sweep === undefined
      ? undefined
      : values.length < 2 || sweep.parameter === ""
        ? m.composer.sweep.few
        : values.length > mostSwept
          ? m.composer.sweep.many(mostSwept)
          : undefined;
  const block = blocked ?? sweepProblem ?? (broken ? m.forms.yamlMode.cannotSwitch : undefined);
  const executedSpec = versions.find(({ id }) => id === version)?.spec;
  const takesArguments = names.includes("parameters");
  const lack = useLack({
    of: executedSpec,
    given: spec,
    applies: takesArguments,
    place: warning,
    start: (then: "open" | "stay") => {
      if (sweep === undefined) creating.one(run, then);
      else creating.sweep(run, sweep, values);
    },
  });
  const busy = creating.busy || lack.waiting;
  const submit = (then: "open" | "stay") => {
    if (busy || block !== undefined) return;
    // The one checked last has the focus when both are wrong: the first of the page.
    const sound = [data.current?.check(), configuration.current?.check()];
    if (!sound.includes(false)) lack.startUnlessAsked(then);
  };
  useEffect(() => {
    // The first parameter is what most often changes; its name is known here only.
    const [parameter] = Object.keys(asMembers(get(spec, "/parameters")));
    if (hash === "/parameters") data.current?.focus(parameter === undefined ? hash : child(hash, parameter));
    if (hash === "/inputs") data.current?.focus(input === undefined ? hash : child(hash, input.argument));
    // Once, when the page comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  useShortcuts({ "mod+enter": () => submit("open") });
  const config = names.filter((member) => !dataMembers.has(member));
  const io = names.filter((member) => dataMembers.has(member));
  const baseline =
    origin === undefined ? undefined : { value: base, label: from === undefined ? m.composer.lastRun : origin.name };
  const { data: allowed } = useQuery(composer.profiles(project));
  const uiSchema = withLimits(plainUi(served.uiSchema), allowed?.limits ?? {});
  const common = { schema, uiSchema, value: spec, onChange: change, base: "/spec", baseline };
  const part = (which: readonly string[]) => ({
    ...common,
    errors: creating.errors.filter(({ pointer }) => which.includes(memberOf(pointer) ?? "")),
    omit: names.filter((member) => !which.includes(member)).map((member) => `/${member}`),
    unfolded,
  });
  const { configuration: first, data: second, review, whole } = m.composer.steps;
  const steps = asYaml ? [whole, review] : [first, second, review];
  const chooseVersion = (
    <div className={css.choices}>
      <Select
        label={m.functions.version}
        value={version}
        options={versions.map((doc, index) => ({
          value: doc.id,
          label: index === 0 ? `${versionName(doc)} (${m.functions.latest})` : versionName(doc),
        }))}
        onChange={(chosen) => put(spec, { ...beside, version: chosen })}
      />
      <div role="group" aria-label={m.forms.mode} className={css.forms}>
        <Button
          size="small"
          tone="quiet"
          aria-pressed={!asYaml}
          disabledReason={broken ? m.forms.yamlMode.cannotSwitch : undefined}
          onClick={() => setAsYaml(false)}
        >
          {m.forms.form}
        </Button>
        <Button size="small" tone="quiet" aria-pressed={asYaml} onClick={() => setAsYaml(true)}>
          {m.forms.yaml}
        </Button>
      </div>
    </div>
  );
  const sweepFields = (
    <SweepFields
      parameters={Object.keys(asMembers(get(spec, "/parameters")))}
      value={sweep}
      count={values.length}
      problem={sweepProblem}
      onChange={(typed) => put(spec, { ...beside, sweep: typed })}
    />
  );
  const lackWarning = takesArguments && (
    <LackingArguments
      ref={warning}
      asked={lack.asked}
      of={executedSpec}
      signature={lack.signature}
      given={spec}
      mend={
        <ButtonLink
          size="small"
          to="/p/$project/functions/$name/edit"
          params={{ project, name }}
          search={{ v: version }}
          hash="/spec/source/handler"
        >
          {m.forms.lacking.editFunction}
        </ButtonLink>
      }
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
            onPick={pick}
          />
        }
      >
        <div className={css.composer}>
          <DraftOffer draft={drafts} onRestore={(found, its) => put(found, besideIn(its, ids, usual))} />
          {creating.failure !== undefined && <Callout tone="error" title={creating.failure} />}
          <StepRail steps={steps} />
          <Step steps={steps} index={0}>
            {from !== undefined && cloned === undefined && (
              <Callout tone="warning">{m.composer.versionGone(name)}</Callout>
            )}
            {chooseVersion}
            {asYaml ? (
              <Suspense fallback={<SkeletonRows />}>
                <YamlForm {...common} ref={configuration} label={whole} errors={creating.errors} onBroken={setBroken} />
              </Suspense>
            ) : (
              <SchemaForm {...part(config)} ref={configuration} label={first} />
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
              <SchemaForm {...part(io)} ref={data} label={second} />
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
          {secretMade !== undefined && (
            <Suspense>
              <CreateSecret
                project={project}
                onClose={(made) => {
                  secretMade(made);
                  setSecretMade(undefined);
                }}
              />
            </Suspense>
          )}
          <div className={css.bar}>
            {lack.signature !== undefined && lack.names.length > 0 && (
              <span className={css.lacks}>{m.forms.lacking.title(lack.signature.name, lack.names)}</span>
            )}
            <ButtonLink to="/p/$project/functions/$name" params={{ project, name }}>
              {m.ui.cancel}
            </ButtonLink>
            {sweep === undefined && (
              <Button once busy={busy} disabledReason={block} onClick={() => submit("stay")}>
                {m.composer.create}
              </Button>
            )}
            <Button tone="primary" busy={busy} disabledReason={block} onClick={() => submit("open")}>
              {lack.asked
                ? m.composer.createAnyway
                : sweep === undefined
                  ? m.composer.createOpen
                  : m.composer.sweep.create(values.length)}
            </Button>
          </div>
        </div>
      </Page>
    </PickersProvider>
  );
}

function asMembers(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function plainUi(ui: unknown): JsonObject | undefined {
  return ui === undefined ? undefined : (JSON.parse(JSON.stringify(ui)) as JsonObject);
}
