import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { useToast } from "../../ui/toast/toast.ts";
import { compareRuns, type CompareRow, toCsv, toMarkdown } from "./compare.ts";
import css from "./Compare.module.css";
import { CompareTable } from "./CompareTable.tsx";
import { runs } from "./queries.ts";
import { reasonTitle } from "./reason.ts";
import { executableOf, type RunRow, statusEntity } from "./run.ts";
import { codeOf } from "./tabs.ts";

const MetricChart = lazy(async () => ({ default: (await import("../../charts/MetricChart.tsx")).MetricChart }));
const DiffView = lazy(async () => ({ default: (await import("../../code/DiffView.tsx")).DiffView }));
const route = getRouteApi("/p/$project/compare/runs");

/** Runs beside each other: what differs, against a baseline, with their metrics over each other. */
export function CompareRuns() {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const { ids: _, of: _of, ...shown } = route.useSearch();
  const ids = route.useLoaderData();
  const { data: list } = useSuspenseQuery(runs.several(project, ids));
  const v = m.runs.compareView;
  const rows = useMemo(
    () =>
      compareRuns(list, {
        fields: v.fields,
        state: (run) => statusWord(m, run.status.state, statusEntity(run.kind)),
        reason: (run) =>
          run.status.state === "ERROR" && run.status.reason !== undefined ? reasonTitle(m, run.status.reason.code) : "",
        ...f,
      }),
    [f, list, m, v],
  );
  const visible = useMemo(
    () => rows.filter((row) => matches(row, shown.find, shown.all === true)),
    [rows, shown.all, shown.find],
  );
  const go = (next: { ids?: readonly string[]; all?: boolean; find?: string }, replace = false) =>
    void navigate({
      to: "/p/$project/compare/runs",
      params: { project },
      search: { ids, ...shown, ...next },
      replace,
    });
  const names = list.map((run) => run.name);
  const copy = async (text: string) =>
    toast((await copyText(text)) ? { tone: "success", text: m.ui.copied } : { tone: "error", text: m.ui.copyFailed });
  const first = list[0];
  const title = v.title;
  const breadcrumb = (
    <li>
      <Link to="/p/$project/runs" params={{ project }}>
        {m.runs.title}
      </Link>
    </li>
  );
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
      actions={
        <>
          <Button onClick={() => download(toCsv(names, visible))}>{v.csv}</Button>
          <Button onClick={() => void copy(toMarkdown(names, visible))}>{v.markdown}</Button>
          <Button onClick={() => void copy(location.href)}>{v.link}</Button>
        </>
      }
    >
      <div className={css.tools}>
        <Checkbox
          label={v.diffOnly}
          checked={shown.all !== true}
          onChange={(only) => go(only ? withoutAll(shown) : { all: true })}
        />
        <TextField label={v.find} value={shown.find ?? ""} onChange={(find) => go({ find }, true)} />
      </div>
      <CompareTable
        project={project}
        list={list}
        rows={visible}
        empty={shown.find === undefined ? v.nothing : v.noMatch}
        onBaseline={(id) => go({ ids: [id, ...ids.filter((other) => other !== id)] })}
        onRemove={list.length > 2 ? (id) => go({ ids: ids.filter((other) => other !== id) }) : undefined}
      />
      <Charts list={list} />
      <CodeDifference list={list} />
    </Page>
  );

  function withoutAll({ find }: { find?: string }) {
    return { ...(find !== undefined && { find }), all: false };
  }
}

function matches(row: CompareRow, find: string | undefined, all: boolean): boolean {
  return (all || row.differs) && (find === undefined || row.field.toLowerCase().includes(find.toLowerCase()));
}

function download(text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = "runs.csv";
  link.click();
  URL.revokeObjectURL(href);
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
  const before = first === undefined ? undefined : codeOf(first);
  const other = others.find((run) => codeOf(run)?.text !== before?.text);
  const after = other === undefined ? undefined : codeOf(other);
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
