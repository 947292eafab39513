// The table that is printed, in the manner of bench/figures.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

const rows: string[] = [];
const digits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** A quantile of some values. */
export function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? Number.NaN;
}

/** The values that were told: a browser may tell nothing of a paint. */
export function told(values: readonly number[]): readonly number[] {
  return values.filter((value) => Number.isFinite(value));
}

/** How values spread, of those that were told; how many were not is said. */
export function spread(all: readonly number[], unit = "ms"): string {
  const values = told(all);
  const missing = all.length - values.length;
  if (values.length === 0) return `none of ${all.length} told`;
  const parts = (
    [
      ["min", 0],
      ["p50", 0.5],
      ["p95", 0.95],
      ["max", 1],
    ] as const
  ).map(([name, share]) => `${name} ${digits(at(values, share))}`);
  const of = missing === 0 ? "" : ` (${missing} more told nothing)`;
  return `n ${values.length}${of}, ${parts.join(", ")} ${unit}`;
}

function row(what: string, target: string, got: string, how: string, met: boolean | undefined): void {
  console.error(`  ${what}: ${got} (${how})`); // at once: what comes later may fail
  const verdict = met === undefined ? "" : met ? "met" : "**missed**";
  rows.push(`| ${what} | ${target} | ${got} | ${how} | ${verdict} |`);
}

/** A row of times, of which the median is judged. */
export function times(what: string, values: readonly number[], target?: number): void {
  const got = at(told(values), 0.5);
  row(
    what,
    target === undefined ? "" : `${target} ms`,
    `${digits(got)} ms`,
    spread(values),
    target === undefined ? undefined : got <= target,
  );
}

/** A row of times, of which the 95th of a hundred is judged: what is felt of an interaction is its slow ones. */
export function latencies(what: string, values: readonly number[], target: number): void {
  const got = at(told(values), 0.95);
  row(what, `${target} ms at p95`, `${digits(got)} ms`, spread(values), got <= target);
}

/** A row of a single value of which less is better. */
export function most(what: string, got: number, target: number | undefined, unit: string, how = ""): void {
  row(
    what,
    target === undefined ? "" : `${target} ${unit}`,
    `${digits(got)} ${unit}`,
    how,
    target === undefined ? undefined : got <= target,
  );
}

/** The gaps between the frames of something that moves, and what share of its way it went. */
export interface Pass {
  gaps: readonly number[];
  way?: number;
}

/** A row of frames a second, each of a pass, with what was dropped. */
export function smooth(what: string, passes: readonly Pass[], target = 55): void {
  const rates = passes.map((pass) => (1000 * pass.gaps.length) / pass.gaps.reduce((sum, gap) => sum + gap, 0));
  const gaps = passes.flatMap((pass) => pass.gaps);
  const short = passes.map(({ way = 1 }) => way).filter((way) => way < 1);
  const cut =
    short.length === 0 ? "" : `; ended after ten seconds, at ${short.map((way) => Math.round(100 * way)).join(", ")} %`;
  const late = gaps.filter((gap) => gap > 20).length;
  const how = `of ${rates.map(digits).join(", ")} a second; ${late} of ${gaps.length} frames later than 20 ms, ${gaps.filter((gap) => gap > 50).length} later than 50 ms; between two frames: p50 ${digits(at(gaps, 0.5))}, p95 ${digits(at(gaps, 0.95))}, max ${digits(at(gaps, 1))} ms${cut}`;
  const got = at(rates, 0.5);
  row(what, `at least ${target} a second`, `${digits(got)} a second`, how, got >= target);
}

function field(file: string, name: string): string {
  return new RegExp(`^${name}\\s*:\\s*(.*)$`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? "unknown";
}

/** How many processes want a processor. */
export function load(): string {
  return readFileSync("/proc/loadavg", "utf8").split(" ").slice(0, 3).join(" ");
}

/** Where and with what is measured. */
export function machine(chromium: string): void {
  const version = execFileSync(join(root, "bin/dhub"), ["version"], { encoding: "utf8" }).trim();
  console.log(`- processor: ${field("/proc/cpuinfo", "model name")}, ${cpus().length}
- memory: ${field("/proc/meminfo", "MemTotal")}
- kernel: ${type()} ${release()}
- Chromium ${chromium}, headless, without a graphics processor: everything is drawn by the two processors that the server runs on
- Node ${process.versions.node}, dhub ${version}
- load before: ${load()}
- measured: ${new Date().toISOString().slice(0, 10)}`);
}

/** Prints what was measured. */
export function print(): void {
  console.log("\n| what | target | measured | spread | |\n|---|---|---|---|---|");
  for (const line of rows) console.log(line);
  console.log(`\nLoad of the machine at the end: ${load()}`);
}

/** The JavaScript of the first route in kB, as the budget counts it. */
export function firstRoute(): number {
  // It fails when something is over its budget, and says the sizes all the same.
  const { stdout } = spawnSync(process.execPath, ["tools/budget.mjs"], { cwd: join(root, "web"), encoding: "utf8" });
  return Number(/([\d.]+) of +\d+ kB +first route, JavaScript/.exec(stdout)?.[1]);
}
