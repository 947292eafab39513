import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { reasonTitle } from "../../entity/reason.ts";
import { codeOf } from "../../lib/inline-code.ts";
import { CompareTable } from "../../entity/compare/CompareTable.tsx";
import { CompareExports, CompareTools } from "../../entity/compare/CompareTools.tsx";
import { type CompareRow, shownRows } from "../../entity/compare/rows.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import type { Format } from "../../i18n/format.ts";
import { type Messages, useFormat, useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { compareRuns, type CompareSection, compareSections } from "./compare.ts";
import css from "./CompareRuns.module.css";
import { runs } from "./queries.ts";
import { executableOf, type RunRow, statusEntity } from "./run.ts";

const MetricChart = lazy(async () => ({ default: (await import("../../charts/MetricChart.tsx")).MetricChart }));
const DiffView = lazy(async () => ({ default: (await import("../../code/DiffView.tsx")).DiffView }));
const route = getRouteApi("/p/$project/compare/runs");

/** Runs beside each other: what differs, against a baseline, with their metrics over each other. */
export function CompareRuns() {
  const m = useMessages();
  const f = useFormat();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const { ids: _, of: _of, ...shown } = route.useSearch();
  const ids = route.useLoaderData();
  const { data: list } = useSuspenseQuery(runs.several(project, ids));
  const v = m.runs.compareView;
  const rows = useMemo(
    () =>
      compareRuns(list, {
        fields: { ...v.fields, cpu_seconds: m.runs.page.cpu, memory_peak_bytes: m.runs.page.memoryPeak },
        state: (run) => statusWord(m, run.status.state, statusEntity(run.kind)),
        reason: (run) =>
          run.status.state === "ERROR" && run.status.reason !== undefined ? reasonTitle(m, run.status.reason.code) : "",
        ...f,
      }),
    [f, list, m, v],
  );
  const { all, find } = shown;
  const visible = useMemo(() => shownRows(rows, { all, find }), [rows, all, find]);
  const go = (next: { ids?: readonly string[]; all?: boolean; find?: string }, replace = false) =>
    void navigate({
      to: "/p/$project/compare/runs",
      params: { project },
      search: { ids, ...shown, ...next },
      replace,
    });
  const names = list.map((run) => run.name);
  const first = list[0];
  const title = v.title;
  const breadcrumb = <Crumbs entity="run" project={project} />;
  if (list.length < 2 || first === undefined) {
    return (
      <Page title={title} breadcrumb={breadcrumb}>
        <EmptyState title={v.few} help={v.fewHelp} />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      breadcrumb={breadcrumb}
      meta={[...new Set(list.map((run) => executableOf(run)?.name ?? ""))].join(", ")}
      actions={<CompareExports names={names} rows={visible} file="runs.csv" />}
    >
      <CompareTools
        all={shown.all === true}
        find={shown.find ?? ""}
        onAll={(all) => go({ all })}
        onFind={(find) => go({ find }, true)}
      />
      <CompareTable
        label={v.title}
        columns={list.map((run) => ({ id: run.id, name: run.name, head: <Head project={project} run={run} /> }))}
        sections={compareSections.map((section) => [section, v.sections[section]] as const)}
        rows={visible}
        empty={shown.find === undefined ? m.compare.nothing : m.compare.noMatch}
        amount={(row, size) => amount(f, m, row, size)}
        onBaseline={(id) => go({ ids: [id, ...ids.filter((other) => other !== id)] })}
        onRemove={list.length > 2 ? (id) => go({ ids: ids.filter((other) => other !== id) }) : undefined}
      />
      <Charts list={list} />
      <CodeDifference list={list} />
    </Page>
  );
}

function Head({ project, run }: { project: string; run: RunRow }) {
  return (
    <>
      <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: run.id, tab: undefined }}>
        {run.name}
      </Link>
      <StatusBadge state={run.status.state} entity={statusEntity(run.kind)} compact />
    </>
  );
}

/** How much a time or a metric is more or less, in its unit; a parameter has none. */
function amount(f: Format, m: Messages, { section, field }: CompareRow<CompareSection>, size: number) {
  if (section === "parameters") return undefined;
  if (section === "overview") return f.duration(size);
  if (field.endsWith("_seconds") || field === m.runs.page.cpu) return f.duration(size * 1000);
  return field.endsWith("_bytes") || field === m.runs.page.memoryPeak ? f.bytes(size) : f.number(size);
}

/** Metrics that several runs logged as series, over each other with one crosshair. */
function Charts({ list }: { list: readonly RunRow[] }) {
  const m = useMessages();
  const charts = useMemo(() => {
    const names = new Set(
      list.flatMap((run) =>
        Object.entries(run.status.metrics ?? {}).flatMap(([name, value]) =>
          Array.isArray(value) && value.length > 1 ? [name] : [],
        ),
      ),
    );
    return [...names].map((name) => ({
      name,
      series: list.flatMap((run) => {
        const value = run.status.metrics?.[name];
        return value === undefined ? [] : [{ name: run.name, values: Array.isArray(value) ? value : [value] }];
      }),
    }));
  }, [list]);
  if (charts.length === 0) return null;
  return (
    <section className={css.charts} aria-label={m.runs.compareView.sections.metrics}>
      <Suspense>
        {charts.map(({ name, series }) => (
          <MetricChart key={name} label={name} group="compare" series={series} />
        ))}
      </Suspense>
    </section>
  );
}

/** Where the code of a run differs from the baseline's. */
function CodeDifference({ list }: { list: readonly RunRow[] }) {
  const m = useMessages();
  const [first, ...others] = list;
  const before = first === undefined ? undefined : codeOf(first.spec);
  const other = others.find((run) => codeOf(run.spec)?.text !== before?.text);
  const after = other === undefined ? undefined : codeOf(other.spec);
  if (first === undefined || other === undefined || before === undefined || after === undefined) return null;
  return (
    <section className={css.code} aria-label={m.runs.compareView.sections.code}>
      <h2>{m.runs.compareView.sections.code}</h2>
      <Suspense>
        <DiffView
          before={before.text}
          after={after.text}
          names={[first.name, other.name]}
          language={after.language}
          layout="unified"
        />
      </Suspense>
    </section>
  );
}
