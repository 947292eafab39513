import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { ApiError, errorText, type FieldError } from "../../api/error.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey, dropDraft } from "../../forms/drafts.ts";
import { type Pickers, PickersProvider } from "../../forms/pickers.ts";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { useDraft } from "../../forms/use-draft.ts";
import { get, set } from "../../forms/value.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Page } from "../../ui/page/Page.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { functions } from "../functions/queries.ts";
import css from "./Composer.module.css";
import { composerChanges, type NewRun } from "./mutations.ts";
import { runPickers } from "./queries.ts";
import { Review } from "./Review.tsx";
import { dataMembers, formSchema, mostSwept, settable, type Start, sweepValues, takeOver } from "./spec.ts";
import { Select } from "./Select.tsx";
import { StartFrom } from "./StartFrom.tsx";
import { SweepFields, type SweepDraft } from "./SweepFields.tsx";

const route = getRouteApi("/p/$project/functions/$name/run");

/** Composes a run: configuration, inputs and parameters, review; all on one page, filled from an earlier run. */
export function Composer() {
  const { project, name } = route.useParams();
  const { action, from } = route.useSearch();
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, 100));
  const [latest] = versions.content;
  if (latest === undefined) return null;
  return <Compose key={`${project} ${name} ${action ?? ""} ${from ?? ""}`} latest={latest.kind} />;
}

function initialSpec(start: Start | undefined, names: readonly string[], mem: string | undefined): JsonObject {
  const spec = takeOver(start?.spec ?? {}, names);
  return mem === undefined ? spec : set(spec, "/resources/mem", mem);
}

function Compose({ latest: functionKind }: { latest: string }) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const { project, name } = route.useParams();
  const { from, mem } = route.useSearch();
  const start = route.useLoaderData();
  const { kind, action, schema: served, run: origin } = start;
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, 100));
  const names = useMemo(() => settable(served.schema), [served]);
  const schema = useMemo(() => formSchema(served.schema), [served]);
  const root = useMemo(() => readSchema(schema), [schema]);
  const base = useMemo(() => takeOver(origin?.spec ?? {}, names), [origin, names]);
  const [spec, setSpec] = useState<JsonObject>(() => initialSpec(origin, names, mem));
  // A clone executes the version that its origin did; a new run the latest.
  const cloned =
    from === undefined ? undefined : versions.content.find(({ id }) => origin?.spec["function"] === reference(id));
  const [version, setVersion] = useState(cloned?.id ?? versions.content[0]?.id ?? "");
  const [sweep, setSweep] = useState<SweepDraft | undefined>(undefined);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const draft = draftKey("run", `${project}/${name}`, `${kind} ${from ?? ""}`);
  const drafts = useDraft(draft, origin?.id ?? "", root, spec);
  const configuration = useRef<FormHandle>(null);
  const data = useRef<FormHandle>(null);
  const pickers = useMemo((): Pickers => runPickers(project), [project]);
  const create = useMutation(composerChanges.create(project));
  const sweeping = useMutation(composerChanges.sweep(project));
  const busy = create.isPending || sweeping.isPending;
  const change = (next: JsonObject) => {
    drafts.keep(next);
    setSpec(next);
  };
  const labels =
    origin !== undefined && from !== undefined ? origin.labels.filter((label) => !label.startsWith("sweep:")) : [];
  const run: NewRun = { kind, fn: reference(version), spec, labels };
  const refused = (error: Error) => {
    const fields = error instanceof ApiError ? error.fields : [];
    setErrors(fields);
    // What no field of the form shows is said above it.
    setFailure(fields.some(({ pointer }) => memberOf(pointer) !== undefined) ? undefined : errorText(error));
  };
  const values = sweep === undefined ? [] : sweepValues(sweep.values);
  const sweepProblem =
    sweep === undefined
      ? undefined
      : values.length < 2 || sweep.parameter === ""
        ? m.composer.sweep.few
        : values.length > mostSwept
          ? m.composer.sweep.many(mostSwept)
          : undefined;
  const submit = () => {
    if (busy || blocked !== undefined || sweepProblem !== undefined) return;
    const sound = [configuration.current?.check(), data.current?.check()];
    if (sound.includes(false)) return;
    setErrors([]);
    setFailure(undefined);
    if (sweep === undefined) {
      create.mutate(run, {
        onSuccess: ({ id }) => {
          dropDraft(localStorage, draft);
          void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id, tab: "logs" } });
        },
        onError: refused,
      });
      return;
    }
    const label = `sweep:${name}-${sweep.parameter}-${sweepTime()}`;
    sweeping.mutate(
      { run, sweep: { parameter: sweep.parameter, values, label } },
      {
        onSuccess: (made) => {
          dropDraft(localStorage, draft);
          toast({ tone: "success", text: m.composer.sweep.made(made) });
          void navigate({ to: "/p/$project/runs", params: { project }, search: { label: [label], group: "label" } });
        },
        onError: refused,
      },
    );
  };
  useShortcuts({ "mod+enter": submit });
  const config = names.filter((member) => !dataMembers.has(member));
  const io = names.filter((member) => dataMembers.has(member));
  const baseline =
    origin === undefined ? undefined : { value: base, label: from === undefined ? m.composer.lastRun : origin.name };
  const form = (which: readonly string[], label: string, ref: typeof data) => (
    <SchemaForm
      ref={ref}
      label={label}
      schema={schema}
      uiSchema={plainUi(served.uiSchema)}
      value={spec}
      onChange={change}
      errors={errors.filter(({ pointer }) => which.includes(memberOf(pointer) ?? ""))}
      base="/spec"
      baseline={baseline}
      omit={names.filter((member) => !which.includes(member)).map((member) => `/${member}`)}
      unfolded={unfolded}
    />
  );
  const steps = [m.composer.steps.configuration, m.composer.steps.data, m.composer.steps.review];
  return (
    <PickersProvider value={pickers}>
      <Page
        title={m.composer.title(name)}
        meta={action}
        breadcrumb={
          <>
            <li>
              <Link to="/p/$project/functions" params={{ project }}>
                {m.functions.title}
              </Link>
            </li>
            <li>
              <Link to="/p/$project/functions/$name" params={{ project, name }}>
                {name}
              </Link>
            </li>
          </>
        }
        actions={
          <StartFrom
            project={project}
            name={name}
            kind={kind}
            origin={origin}
            spec={spec}
            onStart={(next) => change(takeOver(next, names))}
          />
        }
      >
        <div className={css.composer}>
          {drafts.found !== undefined && (
            <Callout
              tone="info"
              title={m.forms.draft.found(f.dateTime(new Date(drafts.found.saved).toISOString()))}
              actions={
                <>
                  <Button
                    size="small"
                    onClick={() => {
                      change(drafts.found?.value ?? spec);
                      drafts.settle("restored");
                    }}
                  >
                    {m.forms.draft.restore}
                  </Button>
                  <Button size="small" tone="quiet" onClick={() => drafts.settle("discarded")}>
                    {m.forms.draft.discard}
                  </Button>
                </>
              }
            />
          )}
          {drafts.full && <Callout tone="warning" title={m.forms.draft.full} />}
          {failure !== undefined && <Callout tone="error" title={failure} />}
          <nav aria-label={m.composer.steps.label}>
            <ol className={css.rail}>
              {steps.map((step, index) => (
                <li key={step}>
                  <Button size="small" tone="quiet" onClick={() => document.getElementById(`step-${index}`)?.focus()}>
                    {m.composer.steps.numbered(index + 1, step)}
                  </Button>
                </li>
              ))}
            </ol>
          </nav>
          <section className={css.step} aria-labelledby="step-0">
            <h2 id="step-0" tabIndex={-1}>
              {m.composer.steps.numbered(1, m.composer.steps.configuration)}
            </h2>
            <div className={css.row}>
              <Select
                label={m.functions.version}
                value={version}
                options={versions.content.map((doc, index) => ({
                  value: doc.id,
                  label: index === 0 ? `${versionName(doc)} (${m.functions.latest})` : versionName(doc),
                }))}
                onChange={setVersion}
              />
            </div>
            {form(config, m.composer.steps.configuration, configuration)}
          </section>
          <section className={css.step} aria-labelledby="step-1">
            <h2 id="step-1" tabIndex={-1}>
              {m.composer.steps.numbered(2, m.composer.steps.data)}
            </h2>
            {form(io, m.composer.steps.data, data)}
            <SweepFields
              parameters={Object.keys(asMembers(get(spec, "/parameters")))}
              value={sweep}
              count={values.length}
              problem={sweepProblem}
              onChange={setSweep}
            />
          </section>
          <section className={css.step} aria-labelledby="step-2">
            <h2 id="step-2" tabIndex={-1}>
              {m.composer.steps.numbered(3, m.composer.steps.review)}
            </h2>
            <Review
              project={project}
              name={name}
              action={action}
              run={run}
              base={origin === undefined ? undefined : base}
              of={baseline?.label ?? ""}
            />
          </section>
          <div className={css.bar}>
            <ButtonLink to="/p/$project/functions/$name" params={{ project, name }}>
              {m.ui.cancel}
            </ButtonLink>
            <Button tone="primary" busy={busy} disabledReason={blocked ?? sweepProblem} onClick={submit}>
              {sweep === undefined ? m.composer.create : m.composer.sweep.create(values.length)}
            </Button>
          </div>
        </div>
      </Page>
    </PickersProvider>
  );

  function reference(id: string): string {
    return `${functionKind}://${project}/${name}:${id}`;
  }
}

/** What most runs set: the groups of these are open. */
const unfolded = ["resources", "inputs", "outputs", "parameters", "init_parameters"];

/** The member of a spec that a pointer leads into; undefined for what lies elsewhere. */
function memberOf(pointer: string): string | undefined {
  return /^\/spec\/([^/]+)/.exec(pointer)?.[1];
}

function asMembers(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function plainUi(ui: unknown): JsonObject | undefined {
  return ui === undefined ? undefined : (JSON.parse(JSON.stringify(ui)) as JsonObject);
}

/** Names a sweep by when it was made, so that two of them stay apart. */
function sweepTime(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
