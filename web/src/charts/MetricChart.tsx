import "uplot/dist/uPlot.min.css";
import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import { useFormat, useMessages } from "../i18n/language.ts";
import { Button } from "../ui/button/Button.tsx";
import css from "./MetricChart.module.css";
import { legendValue, plotStyle, plotWidth } from "./plot-style.ts";
import { smooth } from "./smooth.ts";
import { useTheme } from "./use-theme.ts";
import { ValuesTable } from "./ValuesTable.tsx";

export interface MetricSeries {
  name: string;
  values: readonly number[];
}

interface MetricChartProps {
  label: string;
  series: readonly MetricSeries[];
  /** Charts of one group share their crosshair. */
  group: string;
}

const height = 200;
const colours = 8;
// The library's types name this number without giving it.
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const logarithmic: uPlot.Scale = { distr: 3 };
/** How far the marks of the axis may lie apart: there is no half step. */
const wholeSteps = [0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((each) => each * 10 ** power));

/** Values by step, one line for each run; beyond eight lines they are told apart by dashes. The table holds the same. */
export function MetricChart({ label, series, group }: MetricChartProps) {
  const m = useMessages();
  const theme = useTheme();
  const [table, setTable] = useState(false);
  const [log, setLog] = useState(false);
  const [smoothing, setSmoothing] = useState(0);
  const positive = series.every(({ values }) => values.every((value) => value > 0));
  return (
    <figure className={css.chart} aria-label={label}>
      <figcaption className={css.head}>
        <span className={css.title}>{label}</span>
        <Button
          size="small"
          tone="quiet"
          aria-pressed={log && positive}
          disabledReason={positive ? undefined : m.runs.chart.logBlocked}
          onClick={() => setLog(!log)}
        >
          {m.runs.chart.log}
        </Button>
        <label className={css.smoothing}>
          {m.runs.chart.smoothing}
          <input
            type="range"
            min={0}
            max={0.95}
            step={0.05}
            value={smoothing}
            onChange={(event) => setSmoothing(Number(event.target.value))}
          />
        </label>
        <Button size="small" tone="quiet" onClick={() => setTable(!table)}>
          {table ? m.ui.chart.chart : m.ui.chart.table}
        </Button>
      </figcaption>
      {table ? (
        <ValuesTable label={label} series={series} />
      ) : (
        <Plot key={theme} label={label} series={series} group={group} log={log && positive} smoothing={smoothing} />
      )}
    </figure>
  );
}

interface PlotProps extends MetricChartProps {
  log: boolean;
  smoothing: number;
}

function Plot({ label, series, group, log, smoothing }: PlotProps) {
  const m = useMessages();
  const f = useFormat();
  const host = useRef<HTMLDivElement>(null);
  const data = useMemo((): uPlot.AlignedData => {
    const steps = Math.max(0, ...series.map(({ values }) => values.length));
    const lines = series.map(({ values }) => Array.from(smooth(values, smoothing), (value) => value));
    return [Array.from({ length: steps }, (_, step) => step), ...lines.map((line) => padded(line, steps))];
  }, [series, smoothing]);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const { token, axis } = plotStyle(element);
    const value = (plot: uPlot, _: number | null, line: number, pointed: number | null) => {
      const said = legendValue(plot, line, pointed);
      return said === null ? "–" : f.number(said);
    };
    const plot = new uPlot(
      {
        width: plotWidth(element),
        height,
        cursor: { sync: { key: group } },
        scales: { x: { time: false }, y: log ? logarithmic : {} },
        axes: [
          { ...axis, label: m.runs.page.step, labelSize: 20, incrs: wholeSteps },
          { ...axis, size: 64 },
        ],
        series: [
          { label: m.runs.page.step, value },
          ...series.map(({ name }, index) => ({
            label: name,
            stroke: token(`--chart-${(index % colours) + 1}`),
            width: 2,
            points: { show: (series[index]?.values.length ?? 0) < 30, fill: token("--bg-surface") },
            ...(index >= colours && { dash: [6, 4] }),
            value,
          })),
        ],
      },
      data,
      element,
    );
    const watch = new ResizeObserver(() => plot.setSize({ width: plotWidth(element), height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [data, f, group, log, m, series]);
  const summary = series.map(({ name, values }) => `${name} ${f.number(values.at(-1) ?? 0)}`).join(", ");
  return <div ref={host} role="img" aria-label={`${label}: ${summary}`} className={css.plot} />;
}

function padded(line: readonly number[], steps: number): (number | null)[] {
  return Array.from({ length: steps }, (_, step) => line[step] ?? null);
}
