import { hashKey, type InfiniteData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { key } from "../../api/keys.ts";
import { isObject } from "../../lib/json.ts";
import type { Change } from "../../live/apply.ts";
import { changesKey, mostKept } from "./live.ts";
import { mergeRuns } from "./merge.ts";
import { type RunListParams, type RunPage, runs } from "./queries.ts";

const pause = 250; // between two calls for changed rows
const mostAtOnce = 150; // ids in one address

/** The list whose changes are watched. */
export interface Watch {
  project: string;
  params: RunListParams;
  /** Whether new rows may come in now: the list is at its top and nothing is chosen. */
  admits: () => boolean;
  selected: ReadonlySet<string>;
  /** The list is being read, whole or by a further page: what arrives takes the place of what is merged meanwhile. */
  reading: boolean;
}

/**
 * Keeps a paged list of runs fresh: the rows that the feed names are read in one call, by the list's own filter, and
 * merged. Rows that are new wait while they would move what is being read; how many wait is returned.
 */
export function useRunChanges({ project, params, admits, selected, reading }: Watch) {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const busy = useRef(false);
  const [turn, setTurn] = useState(0);
  const listKey = runs.list(project, params).queryKey;
  const place = JSON.stringify(listKey);
  const current = useRef({ admits, selected, place });
  useEffect(() => {
    current.current = { admits, selected, place };
  });
  // Of a list that is not shown any more no change is taken: whoever shows it next takes them.
  useEffect(() => () => void (current.current = { ...current.current, place: "" }), []);
  const { data: inbox } = useQuery<readonly Change[]>({
    queryKey: changesKey(project),
    queryFn: () => [],
    initialData: [],
    enabled: false,
  });
  const [shownPlace, setShownPlace] = useState(place);
  if (place !== shownPlace) {
    setShownPlace(place);
    setWaiting(new Set());
  }

  /** Merges what became of some runs; false where the list is being read by now, which would undo it. */
  const read = useCallback(
    async (ids: readonly string[], gone: readonly string[], force: boolean): Promise<boolean> => {
      const found =
        ids.length === 0 ? [] : (await runs.among(project, params, ids, new AbortController().signal)).content;
      if (queries.getQueryState(listKey)?.fetchStatus === "fetching") return false;
      const newestFirst = params.sort === undefined;
      queries.setQueryData<InfiniteData<RunPage, string>>(listKey, (list) => {
        if (list === undefined) return list;
        const { admits, selected } = current.current;
        const how = { newestFirst, admit: force || admits(), keep: selected };
        const merged = mergeRuns(list, { asked: ids, found, gone }, how);
        if (merged.waiting.length > 0) queueMicrotask(() => setWaiting((old) => new Set([...old, ...merged.waiting])));
        return merged.list;
      });
      return true;
    },
    // The key stands for project and parameters.
    // oxlint-disable-next-line react/exhaustive-deps
    [place, queries],
  );

  useEffect(() => {
    if (inbox.length === 0 || busy.current || reading) return;
    const renew = () => void queries.invalidateQueries({ queryKey: listKey, exact: true });
    if (inbox.length >= mostKept) {
      // So many came that the first are gone: one reading of the list brings them all.
      queries.setQueryData<readonly Change[]>(changesKey(project), []);
      renew();
      return;
    }
    busy.current = true;
    const changes = inbox.slice(0, mostAtOnce);
    const ids = changes.filter((change) => change.verb !== "delete").map((change) => change.id);
    const gone = changes.filter((change) => change.verb === "delete").map((change) => change.id);
    const done = (merged: boolean) => {
      busy.current = false;
      // Lists of other filters know nothing of these changes: they are read anew when they are shown again.
      queries.removeQueries({
        queryKey: key("run", project, "list").slice(0, 3),
        type: "inactive",
        predicate: (query) => query.queryHash !== hashKey(listKey) && isPaged(query.state.data),
      });
      // Another list that is shown by now takes the same changes, in the next turn as those that came meanwhile.
      const taken = merged && current.current.place === place ? changes.length : 0;
      queries.setQueryData<readonly Change[]>(changesKey(project), (now = []) => now.slice(taken));
      setTurn((old) => old + 1);
    };
    void read([...new Set(ids)], gone, false)
      .catch(() => {
        renew(); // what could not be asked for is in the list, when that can be read again
        return true;
      })
      .then((merged) => setTimeout(() => done(merged), pause));
    // The key stands for project and parameters.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [inbox, place, queries, read, reading, turn]);

  const show = useCallback(async () => {
    const whole = params.sort !== undefined || waiting.size > mostAtOnce;
    if (whole) await queries.resetQueries({ queryKey: listKey, exact: true });
    else if (!(await read([...waiting], [], true).catch(() => false)))
      await queries.invalidateQueries({ queryKey: listKey, exact: true });
    setWaiting(new Set());
    // oxlint-disable-next-line react/exhaustive-deps
  }, [place, queries, read, waiting]);

  return { waiting: waiting.size, show };
}

function isPaged(data: unknown): boolean {
  return isObject(data) && "pages" in data;
}
