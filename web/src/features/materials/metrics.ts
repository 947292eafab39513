import type { Schema } from "../../api/client.ts";

type Metrics = Schema<"Metrics">;

/** A version of a model with what was measured of it. */
export interface Measured {
  id: string;
  name: string;
  metrics: Metrics;
}

/** A metric by version: its last value, and how many there are. */
export interface MetricRow {
  metric: string;
  cells: readonly ({ last: number; count: number } | undefined)[];
}

/** All values of a metric, in their order; of a number itself. */
export const valuesOf = (value: Metrics[string] | readonly number[] | undefined): readonly number[] =>
  value === undefined ? [] : typeof value === "number" ? [value] : value;

const namesOf = (versions: readonly Measured[]) =>
  [...new Set(versions.flatMap(({ metrics }) => Object.keys(metrics)))].toSorted();

/** All metrics of some versions, one row for each. */
export function metricRows(versions: readonly Measured[]): readonly MetricRow[] {
  return namesOf(versions).map((metric) => ({
    metric,
    cells: versions.map(({ metrics }) => {
      const values = valuesOf(metrics[metric]);
      const last = values.at(-1);
      return last === undefined ? undefined : { last, count: values.length };
    }),
  }));
}

/** The metrics that some version has as a series, with a line for each version that has them. */
export function metricCharts(versions: readonly Measured[]) {
  return namesOf(versions)
    .map((metric) => ({
      metric,
      series: versions
        .map(({ name, metrics }) => ({ name, values: valuesOf(metrics[metric]) }))
        .filter(({ values }) => values.length > 0),
    }))
    .filter(({ series }) => series.some(({ values }) => values.length > 1));
}
