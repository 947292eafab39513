import type { ReactNode } from "react";
import type { Messages } from "../../i18n/language.ts";
import type { Column } from "../../ui/table/column.ts";
import type { RunRow } from "./run.ts";
import { RunBar } from "./RunBar.tsx";
import css from "./RunTimeline.module.css";

const around: ReadonlySet<string> = new Set(["state", "name"]);

/** The columns of the list as bars over time: which run, in which state, when; its axis is the head of the bars. */
export function timelineColumns(
  m: Messages,
  columns: readonly Column<RunRow>[],
  axis: ReactNode,
): readonly Column<RunRow>[] {
  const of = (wanted: (id: string) => boolean) => columns.filter(({ id }) => wanted(id));
  return [
    ...of((id) => around.has(id)).map((column) =>
      column.id === "name" ? { ...column, width: "minmax(120px, 220px)" } : column,
    ),
    {
      id: "time",
      header: m.runs.timeline.title,
      head: <div className={css.axis}>{axis}</div>,
      width: "minmax(240px, 1fr)",
      cell: (run) => <RunBar run={run} />,
    },
    // A narrow window needs its room for the bars: the actions scroll with them.
    ...of((id) => id === "actions").map((column) => ({ ...column, pin: undefined })),
  ];
}
