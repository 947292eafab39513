import type { InfiniteData } from "@tanstack/react-query";
import type { RunPage } from "./queries.ts";
import { createdOf, newerFirst, type RunRow } from "./run.ts";

type RunList = InfiniteData<RunPage, string>;

/** What became of runs that changed, as the server answered for the list's own filter. */
export interface Delta {
  /** Runs that were asked for. */
  asked: readonly string[];
  /** Those of them that the filter selects. */
  found: readonly RunRow[];
  gone: readonly string[];
}

/** How a list takes a delta in. */
export interface Taking {
  /** Rows stand newest first, so that a new one has its place. */
  newestFirst: boolean;
  /** New rows are let in; otherwise they wait. */
  admit: boolean;
  /** Rows that stay although the filter does not select them any more: the person has chosen them. */
  keep: ReadonlySet<string>;
}

/**
 * Takes changes into a loaded list without reading it anew: rows are renewed in place, those that are gone or no
 * longer match leave, new ones go where they belong or are handed back as waiting.
 */
export function mergeRuns(list: RunList, delta: Delta, how: Taking): { list: RunList; waiting: string[] } {
  const found = new Map(delta.found.map((run) => [run.id, run]));
  const gone = new Set(delta.gone);
  const asked = new Set(delta.asked);
  const loaded = new Set<string>();
  let left = 0;
  const pages = list.pages.map((page) => {
    const content = page.content.flatMap((row) => {
      loaded.add(row.id);
      const next = found.get(row.id);
      if (next !== undefined) return [next];
      const leaves = gone.has(row.id) || (asked.has(row.id) && !how.keep.has(row.id));
      if (leaves) left++;
      return leaves ? [] : [row];
    });
    return { ...page, content };
  });
  const complete = pages.at(-1)?.next === undefined;
  // What is older than all that is loaded comes with a page of its own.
  const oldest = createdOf(list.pages.findLast((page) => page.content.length > 0)?.content.at(-1));
  const fresh = delta.found.filter(
    (run) => !loaded.has(run.id) && (complete || !how.newestFirst || createdOf(run) > oldest),
  );
  const enters = how.admit && how.newestFirst ? fresh : [];
  const entering = new Map<number, RunRow[]>();
  for (const run of enters) {
    const fits = pages.findIndex(({ content }) => content.length > 0 && createdOf(content.at(-1)) <= createdOf(run));
    const at = fits < 0 ? pages.length - 1 : fits;
    const more = entering.get(at);
    if (more === undefined) entering.set(at, [run]);
    else more.push(run);
  }
  for (const [at, more] of entering) {
    const page = pages[at];
    if (page !== undefined) pages[at] = { ...page, content: [...page.content, ...more].sort(newerFirst) };
  }
  const first = pages[0];
  if (first !== undefined) pages[0] = { ...first, totalElements: first.totalElements + enters.length - left };
  const waiting = enters.length > 0 ? [] : fresh.map((run) => run.id);
  return { list: { ...list, pages }, waiting };
}
