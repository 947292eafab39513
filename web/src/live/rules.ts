import type { CacheEntity } from "../api/keys.ts";
import type { LiveRule } from "./apply.ts";

interface Row {
  id: string;
  status?: { state?: string };
}

interface Page {
  content?: readonly Row[];
}

/** A row whose state changed is patched in place in every list that shows it. */
export function patchState(entity: CacheEntity): LiveRule {
  return (change, key, data) => {
    if (key[0] !== entity || key[1] !== change.project || change.verb !== "update" || change.state === "")
      return undefined;
    if (key[2] === "list" && rows(data).some((row) => row.id === change.id && row.status?.state !== change.state)) {
      return { do: "patch", key, update: (old) => withState(old, change.id, change.state) };
    }
    return undefined;
  };
}

/** Lists, counts and names of an entity are read anew when one of it appears, changes or goes. */
export function refetchLists(entity: CacheEntity): LiveRule {
  return (change, key) =>
    key[0] === entity && key[1] === change.project && key[2] !== "detail" ? { do: "refetch", key } : undefined;
}

/** A document is read anew when it changes; one that is gone too, so that its page can say so. */
export function refetchDetail(entity: CacheEntity): LiveRule {
  return (change, key) =>
    key[0] === entity && key[1] === change.project && key[2] === "detail" && key[3]["id"] === change.id
      ? { do: "refetch", key }
      : undefined;
}

function rows(data: unknown): readonly Row[] {
  if (typeof data !== "object" || data === null) return [];
  const { content, pages } = data as Page & { pages?: readonly Page[] };
  return content ?? pages?.flatMap((page) => page.content ?? []) ?? [];
}

function withState(data: unknown, id: string, state: string): unknown {
  if (typeof data !== "object" || data === null) return data;
  const patchPage = <P extends Page>(page: P): P =>
    page.content === undefined
      ? page
      : {
          ...page,
          content: page.content.map((row) => (row.id === id ? { ...row, status: { ...row.status, state } } : row)),
        };
  const paged = data as Page & { pages?: readonly Page[] };
  return paged.pages === undefined ? patchPage(paged) : { ...paged, pages: paged.pages.map(patchPage) };
}
