import { ChartGantt, Table2 } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./RunTimeline.module.css";
import type { ListView } from "./search.ts";

/** Chooses how the list is shown: as a table, or as bars over time. */
export function ShownAs({
  value,
  onChange,
}: {
  value: ListView | undefined;
  onChange: (value: ListView | undefined) => void;
}) {
  const m = useMessages();
  return (
    <span role="group" aria-label={m.runs.timeline.shownAs} className={css.shown}>
      <Button
        size="small"
        tone="quiet"
        icon={<Table2 />}
        aria-pressed={value === undefined}
        onClick={() => onChange(undefined)}
      >
        <span className={css.word}>{m.runs.timeline.table}</span>
      </Button>
      <Button
        size="small"
        tone="quiet"
        icon={<ChartGantt />}
        aria-pressed={value === "timeline"}
        onClick={() => onChange("timeline")}
      >
        <span className={css.word}>{m.runs.timeline.timeline}</span>
      </Button>
    </span>
  );
}
