import type { ReactNode } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../button/Button.tsx";
import { awayFailure, useAway } from "./away.ts";
import { EmptyState } from "./EmptyState.tsx";
import { ErrorPanel } from "./ErrorPanel.tsx";
import { SkeletonRows } from "./Skeleton.tsx";
import css from "./State.module.css";

/** What a list's query says of itself; TanStack's results fit. */
export interface ListState {
  isPending: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface ListViewProps {
  state: ListState;
  /** What the list holds, in words: "runs". */
  what: string;
  count: number;
  filtered: boolean;
  /** How many there are without filters, when that is known. */
  totalUnfiltered?: number | undefined;
  onClearFilters: () => void;
  empty: ReactNode;
  children: ReactNode;
}

/** Draws a list in whichever state it is: loading, failed, empty, filtered to nothing, or there. */
export function ListView(props: ListViewProps) {
  const m = useMessages();
  const { state, count } = props;
  const away = useAway();
  if (state.isPending && !away) return <SkeletonRows />;
  const failed = state.error !== null && state.error !== undefined;
  // Without an answer it is read again and again, and must not go back to looking as if it came soon.
  if (state.isPending || (failed && count === 0))
    return (
      <ErrorPanel error={failed ? state.error : awayFailure} what={props.what} onRetry={() => void state.refetch()} />
    );
  if (count > 0) {
    return (
      <div className={css.list}>
        {failed && <ErrorPanel error={state.error} what={props.what} onRetry={() => void state.refetch()} />}
        {props.children}
      </div>
    );
  }
  if (!props.filtered) return props.empty;
  return (
    <EmptyState
      title={m.ui.view.filteredTitle}
      help={props.totalUnfiltered === undefined ? "" : m.ui.view.filteredHelp(props.totalUnfiltered)}
      action={<Button onClick={props.onClearFilters}>{m.ui.filter.clearAll}</Button>}
    />
  );
}
