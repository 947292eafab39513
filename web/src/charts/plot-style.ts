import type uPlot from "uplot";

/** The colours and fonts of what is drawn on a canvas, as the sheet has them where it stands. */
export function plotStyle(element: HTMLElement) {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    token,
    axis: {
      stroke: token("--text-muted"),
      font: `12px ${token("--font")}`,
      labelFont: `12px ${token("--font")}`,
      grid: { stroke: token("--border"), width: 1 },
      ticks: { stroke: token("--border"), width: 1 },
    },
  };
}

/** What a chart is drawn as wide as, also where the page is very narrow. */
export function plotWidth(element: HTMLElement): number {
  return Math.max(200, element.clientWidth);
}

/** What a chart's legend says of a line: the value pointed at, or the latest that any line has when nothing is. */
export function legendValue(plot: uPlot, line: number, pointed: number | null): number | null {
  const [steps, ...lines] = plot.data;
  const at = pointed ?? Array.from(steps).findLastIndex((_, step) => lines.some((values) => values[step] != null));
  return plot.data[line]?.[at] ?? null;
}
