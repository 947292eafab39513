import type { Messages } from "../../i18n/language.ts";
import { statusWord } from "../../ui/status/status.ts";
import { executableOf, newerFirst, type RunRow, statusEntity } from "./run.ts";
import type { Grouping } from "./search.ts";

/** The label that tells best what a run belongs to: that of a sweep, else its first. */
export function groupLabel(labels: readonly string[]): string {
  return labels.find((label) => label.startsWith("sweep:")) ?? labels[0] ?? "";
}

function groupOf(run: RunRow, by: Grouping): string {
  if (by === "function") return run.function?.name ?? executableOf(run)?.name ?? "";
  if (by === "state") return run.status.state;
  return groupLabel(run.metadata.labels ?? []);
}

/**
 * Rows with those of a group together; groups stand in the order of their first row, none comes last. Within a group
 * rows keep their order, or stand newest first where they were sorted by what groups them: by function the server
 * sorts version by version.
 */
export function grouped(
  rows: readonly RunRow[],
  by: Grouping | undefined,
  sort: readonly string[] = [],
): readonly RunRow[] {
  if (by === undefined) return rows;
  const groups = new Map<string, RunRow[]>();
  for (const run of rows) {
    const name = groupOf(run, by);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [run]);
    else group.push(run);
  }
  return [...groups]
    .sort(([a], [b]) => Number(a === "") - Number(b === ""))
    .flatMap(([, group]) => (byGroupAlone(sort, by) ? group.sort(newerFirst) : group));
}

function byGroupAlone(sort: readonly string[], by: Grouping): boolean {
  return sort.length === 1 && sort[0]?.split(",")[0] === by;
}

/** What stands above the first row of each group: its name and how many of it are loaded. */
export function groupHeading(m: Messages, rows: readonly RunRow[], by: Grouping | undefined) {
  if (by === undefined) return undefined;
  const heads = new Map<string, string>();
  let first: string | undefined;
  let name: string | undefined;
  let count = 0;
  const close = () => {
    if (first !== undefined)
      heads.set(first, `${name === "" ? m.runs.noGroup : (name ?? "")} · ${m.ui.count(count, m.runs.noun)}`);
  };
  for (const run of rows) {
    const of = by === "state" ? statusWord(m, run.status.state, statusEntity(run.kind)) : groupOf(run, by);
    if (of !== name) {
      close();
      first = run.id;
      name = of;
      count = 0;
    }
    count++;
  }
  close();
  return (run: RunRow) => heads.get(run.id);
}
