import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { CompareTable } from "../../entity/compare/CompareTable.tsx";
import { CompareExports, CompareTools } from "../../entity/compare/CompareTools.tsx";
import { shownRows } from "../../entity/compare/rows.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { compareFacts } from "./compare.ts";
import css from "./CompareModels.module.css";
import { factAmount } from "./fact-amount.ts";
import type { MaterialDoc } from "./material.ts";
import { metricCharts } from "./metrics.ts";
import { stored } from "./queries.ts";

const MetricChart = lazy(async () => ({ default: (await import("../../charts/MetricChart.tsx")).MetricChart }));
const route = getRouteApi("/p/$project/compare/models");
const sections = ["overview", "parameters", "metrics"] as const;

/** Models beside each other: what differs, against a baseline, with their metrics over each other. */
export function CompareModels() {
  const m = useMessages();
  const f = useFormat();
  const navigate = useNavigate();
  const words = m.materials.compare;
  const { project } = route.useParams();
  const ids = route.useLoaderData();
  const { all, find } = route.useSearch();
  const { data: models } = useSuspenseQuery(stored.models(project, ids));
  const rows = useMemo(
    () =>
      compareFacts(m, models, sections, {
        ...f,
        state: ({ status }) => statusWord(m, status.state, "material"),
      }).filter(
        // Each version lies in a place of its own.
        ({ field }) => field !== m.materials.path,
      ),
    [f, m, models],
  );
  const visible = useMemo(() => shownRows(rows, { all, find }), [rows, all, find]);
  const charts = useMemo(
    () => metricCharts(models.map(({ doc, metrics }) => ({ id: doc.id, name: nameOf(doc), metrics }))),
    [models],
  );
  const go = (next: { ids?: readonly string[]; all?: boolean; find?: string }, replace = false) =>
    void navigate({
      to: "/p/$project/compare/models",
      params: { project },
      search: { ids, ...(all === true && { all }), ...(find !== undefined && { find }), ...next },
      replace,
    });
  const without = (id: string) => ids.filter((other) => other !== id);
  const breadcrumb = <Crumbs entity="model" project={project} />;
  if (models.length < 2) {
    return (
      <Page title={words.modelsTitle} breadcrumb={breadcrumb}>
        <EmptyState
          title={words.few}
          help={words.fewHelp}
          action={
            <ButtonLink to="/p/$project/$material" params={{ project, material: "models" }}>
              {m.materials.of.models.title}
            </ButtonLink>
          }
        />
      </Page>
    );
  }
  return (
    <Page
      title={words.modelsTitle}
      breadcrumb={breadcrumb}
      meta={[...new Set(models.map(({ doc }) => doc.name))].join(", ")}
      actions={<CompareExports names={models.map(({ doc }) => nameOf(doc))} rows={visible} file="models.csv" />}
    >
      <CompareTools
        all={all === true}
        find={find ?? ""}
        onAll={(each) => go({ all: each })}
        onFind={(text) => go({ find: text }, true)}
      />
      <CompareTable
        label={words.modelsTitle}
        columns={models.map(({ doc }) => ({
          id: doc.id,
          name: nameOf(doc),
          head: (
            <Link
              to="/p/$project/$material/$name"
              params={{ project, material: "models", name: doc.name }}
              search={{ v: doc.id }}
            >
              {nameOf(doc)}
            </Link>
          ),
        }))}
        sections={sections.map((section) => [section, words.sections[section]] as const)}
        rows={visible}
        empty={find === undefined ? m.compare.nothing : m.compare.noMatch}
        amount={(row, size) => factAmount(m, f, row, size)}
        onBaseline={(id) => go({ ids: [id, ...without(id)] })}
        onRemove={models.length > 2 ? (id) => go({ ids: without(id) }) : undefined}
      />
      {charts.length > 0 && (
        <section className={css.charts} aria-label={words.sections.metrics}>
          <Suspense>
            {charts.map(({ metric, series }) => (
              <MetricChart key={metric} label={metric} group="models" series={series} />
            ))}
          </Suspense>
        </section>
      )}
    </Page>
  );
}

function nameOf(doc: MaterialDoc): string {
  return `${doc.name} ${versionName(doc)}`;
}
