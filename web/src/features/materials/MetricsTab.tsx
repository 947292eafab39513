import { useQueries } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { versionName } from "../../entity/version.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { settled } from "../../ui/state/settled.ts";
import css from "./MaterialPage.module.css";
import { type Measured, metricCharts, metricRows } from "./metrics.ts";
import { stored } from "./queries.ts";
import type { TabProps } from "./tab-props.ts";

const MetricChart = lazy(async () => ({ default: (await import("../../charts/MetricChart.tsx")).MetricChart }));
const versionsOffered = 10;

/** What was measured of a model, beside other versions of it: a table of all metrics, and series over each other. */
export function MetricsTab({ project, doc, versions, search, onSearch }: TabProps) {
  const m = useMessages();
  const words = m.materials.metrics;
  const others = versions.filter((version) => version.id !== doc.id).slice(0, versionsOffered);
  const chosen = others.filter((version) => search.with?.includes(version.id));
  const shown = [doc, ...chosen];
  const results = useQueries({ queries: shown.map((version) => stored.metrics(project, version.id)) });
  const loaded = results.map((result) => result.data);
  const measured = useMemo(
    () =>
      shown.map((version, index): Measured => ({
        id: version.id,
        name: versionName(version),
        metrics: loaded[index] ?? {},
      })),
    // The two are made anew each time: what is in them decides.
    // oxlint-disable-next-line react/exhaustive-deps
    [shown.map((version) => version.id).join(), ...loaded],
  );
  const rows = useMemo(() => metricRows(measured), [measured]);
  const charts = useMemo(() => metricCharts(measured), [measured]);
  const failed = results.find((result) => result.error !== null);
  const [own] = results;
  const toggle = (id: string, on: boolean) => {
    const { with: before = [], ...rest } = search;
    const after = on ? [...before, id] : before.filter((each) => each !== id);
    onSearch({ ...rest, ...(after.length > 0 && { with: after }) });
  };
  return (
    <div className={css.stack}>
      {others.length > 0 && (
        <fieldset className={css.choices}>
          <legend>{words.comparedWith}</legend>
          {others.map((version) => (
            <Checkbox
              key={version.id}
              label={versionName(version)}
              checked={chosen.includes(version)}
              onChange={(on) => toggle(version.id, on)}
            />
          ))}
        </fieldset>
      )}
      <ListView
        state={failed ?? own ?? settled}
        what={words.what}
        count={rows.length}
        filtered={false}
        onClearFilters={() => {}}
        empty={<EmptyState title={words.nothing} help={words.nothingHelp} />}
      >
        <div className={css.stack}>
          <MetricsTable rows={rows} versions={measured} />
          <Suspense>
            {charts.map(({ metric, series }) => (
              <MetricChart key={metric} label={metric} group="metrics" series={series} />
            ))}
          </Suspense>
        </div>
      </ListView>
    </div>
  );
}

function MetricsTable({ rows, versions }: { rows: ReturnType<typeof metricRows>; versions: readonly Measured[] }) {
  const m = useMessages();
  const words = m.materials.metrics;
  const f = useFormat();
  return (
    <PlainTable label={words.title} lines="one" framed limited>
      <thead>
        <tr>
          <th scope="col">{words.metric}</th>
          {versions.map(({ id, name }) => (
            <th key={id} scope="col" data-end>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ metric, cells }) => (
          <tr key={metric}>
            <td>{metric}</td>
            {cells.map((cell, index) => (
              <td key={versions[index]?.id} data-end>
                {cell !== undefined && f.number(cell.last)}
                {cell !== undefined && cell.count > 1 && (
                  <span className={css.type}>{` ${words.ofSeries(cell.count)}`}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
