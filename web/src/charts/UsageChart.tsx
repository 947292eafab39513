import "uplot/dist/uPlot.min.css";
import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import { useFormat, useMessages } from "../i18n/language.ts";
import { Button } from "../ui/button/Button.tsx";
import frame from "./MetricChart.module.css";
import { legendValue, plotStyle, plotWidth } from "./plot-style.ts";
import css from "./UsageChart.module.css";
import { useTheme } from "./use-theme.ts";
import { ValuesTable } from "./ValuesTable.tsx";

export interface UsageBand {
  /** Chooses the colour. */
  phase: "queued" | "starting" | "running";
  label: string;
  from: number;
  to: number;
}

interface UsageChartProps {
  label: string;
  /** In seconds; zero is where the first value stands. */
  at: readonly number[];
  values: readonly (number | undefined)[];
  /** What was asked for, as lines across. */
  lines: readonly { label: string; value: number }[];
  bands: readonly UsageBand[];
  /** Writes a value with its unit. */
  show: (value: number) => string;
  /** Values of bytes have marks at powers of two. */
  bytes?: boolean;
  /** Charts of one group share their crosshair. */
  group: string;
}

const height = 200;
/** A line farther above the values than this stands in words alone: it would press them to the floor. */
const farthest = 4;
const powers = Array.from({ length: 50 }, (_, power) => 2 ** power);
const minutes = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
const times = [...minutes, ...[1, 2, 3, 6, 12, 24, 48, 120, 240, 720].map((hours) => hours * 3600)];

/** What was used over time, before the phases it fell into. The table holds the same values. */
export function UsageChart(props: UsageChartProps) {
  const m = useMessages();
  const f = useFormat();
  const theme = useTheme();
  const [table, setTable] = useState(false);
  const { label, at, values, lines, bands, show } = props;
  const most = highest(values);
  return (
    <figure className={frame.chart} aria-label={label}>
      <figcaption className={frame.head}>
        <span className={frame.title}>{label}</span>
        <Button size="small" tone="quiet" onClick={() => setTable(!table)}>
          {table ? m.ui.chart.chart : m.ui.chart.table}
        </Button>
      </figcaption>
      {table ? (
        <ValuesTable
          label={label}
          series={[{ name: label, values }]}
          first={m.runs.page.elapsed}
          rowName={(row) => elapsed(f.duration, at[row] ?? 0)}
          show={show}
        />
      ) : (
        <Plot key={theme} {...props} />
      )}
      <ul className={css.legend}>
        <li>{m.runs.page.highest(show(most))}</li>
        {lines.map((line) => (
          <li key={line.label} className={css.line}>
            {line.label} {show(line.value)}
          </li>
        ))}
        {bands.map((band) => (
          <li key={`${band.phase} ${band.from}`} className={css.band} data-phase={band.phase}>
            {band.label}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Plot(props: UsageChartProps) {
  const { label, at, values, show, bytes = false, group } = props;
  const m = useMessages();
  const f = useFormat();
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot>(undefined);
  const shown = useRef(props);
  const data = useMemo((): uPlot.AlignedData => [[...at], values.map((value) => value ?? null)], [at, values]);
  const begin = useRef(data);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const { token, axis } = plotStyle(element);
    const value =
      (write: (said: number) => string) => (plot: uPlot, _: number | null, line: number, pointed: number | null) => {
        const said = legendValue(plot, line, pointed);
        return said === null ? "–" : write(said);
      };
    const plot = new uPlot(
      {
        width: plotWidth(element),
        height,
        cursor: { sync: { key: group } },
        scales: {
          x: { time: false, range: (_, from, to) => rangeOf(shown.current.bands, from, to) },
          y: { range: () => [0, topOf(shown.current)] },
        },
        axes: [
          {
            ...axis,
            incrs: times,
            space: 70,
            values: (_, marks) => marks.map((mark) => elapsed(f.duration, mark)),
          },
          {
            ...axis,
            size: 84,
            ...(bytes && { incrs: powers }),
            values: (_, marks) => marks.map((mark) => shown.current.show(mark)),
          },
        ],
        series: [
          { label: m.runs.page.elapsed, value: value((at) => elapsed(f.duration, at)) },
          { label, stroke: token("--chart-1"), width: 2, value: value((said) => shown.current.show(said)) },
        ],
        hooks: {
          drawClear: [(plot) => drawBands(plot, shown.current.bands, token)],
          draw: [(plot) => drawLines(plot, shown.current, token)],
        },
      },
      begin.current,
      element,
    );
    drawn.current = plot;
    const watch = new ResizeObserver(() => plot.setSize({ width: plotWidth(element), height }));
    watch.observe(element);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [bytes, f, group, label, m]);
  useEffect(() => {
    shown.current = props;
    begin.current = data;
    drawn.current?.setData(data);
  }, [data, props]);
  return (
    <div
      ref={host}
      role="img"
      aria-label={`${label}: ${m.runs.page.highest(show(highest(values)))}`}
      className={frame.plot}
    />
  );
}

/** Moments before the first value are told with a sign. */
function elapsed(duration: (milliseconds: number) => string, seconds: number): string {
  return seconds < 0 ? `−${duration(-seconds * 1000)}` : duration(seconds * 1000);
}

function highest(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}

function rangeOf(bands: readonly UsageBand[], from: number, to: number): [number, number] {
  return [Math.min(from, ...bands.map((band) => band.from)), to > from ? to : from + 1];
}

function topOf({ values, lines }: Pick<UsageChartProps, "values" | "lines">): number {
  const most = highest(values);
  const near = lines.map(({ value }) => value).filter((value) => value <= farthest * most);
  return 1.1 * Math.max(most, ...near) || 1;
}

function drawBands(plot: uPlot, bands: readonly UsageBand[], token: (name: string) => string) {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { phase, from, to } of bands) {
    const [left, right] = [plot.valToPos(from, "x", true), plot.valToPos(to, "x", true)];
    ctx.fillStyle = token(colours[phase]);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

const colours = { queued: "--queued-bg", starting: "--warning-bg", running: "--running-bg" } as const;

function drawLines(plot: uPlot, props: UsageChartProps, token: (name: string) => string) {
  const { ctx, bbox } = plot;
  const top = topOf(props);
  ctx.save();
  ctx.strokeStyle = token("--text-2");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const { value } of props.lines) {
    if (value > top) continue;
    const y = plot.valToPos(value, "y", true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}
