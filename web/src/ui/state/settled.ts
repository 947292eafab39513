import type { ListState } from "./ListView.tsx";

/** The state of a list that nobody had to ask for. */
export const settled: ListState = { isPending: false, error: null, refetch: () => undefined };
