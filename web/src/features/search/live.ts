import type { LiveRule } from "../../live/apply.ts";

/**
 * Hits are read anew when one of them changes or goes, also those of all projects; what newly fits is found by
 * searching again.
 */
export const searchRule: LiveRule = (change, of, data) =>
  of[0] === "search" && [change.project, ""].includes(of[1]) && change.verb !== "create" && holds(data, change.id)
    ? { do: "refetch", key: of }
    : undefined;

function holds(data: unknown, id: string): boolean {
  if (id === "" || typeof data !== "object" || data === null || !("pages" in data) || !Array.isArray(data.pages))
    return false;
  const pages: readonly { content?: readonly { id?: string }[] }[] = data.pages;
  return pages.some((page) => page.content?.some((hit) => hit.id === id) === true);
}
