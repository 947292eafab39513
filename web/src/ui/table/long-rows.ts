import { type ComponentType, lazy } from "react";
import type { VirtualRowsProps } from "./VirtualRows.tsx";

let there: ComponentType<VirtualRowsProps> | undefined;

/** Fetches what draws the rows of long lists. Most lists are short: it comes when it is asked for, or when one is long. */
export async function fetchLongRows(): Promise<ComponentType<VirtualRowsProps>> {
  return (there ??= (await import("./VirtualRows.tsx")).VirtualRows);
}

const Later = lazy(async () => ({ default: await fetchLongRows() }));

/** What draws the rows of a long list, at once if it was fetched before. */
export function longRows(): ComponentType<VirtualRowsProps> {
  return there ?? Later;
}
