import { Rows3 } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Menu, MenuChoice } from "../../ui/menu/Menu.tsx";
import css from "./RunTimeline.module.css";
import { type Grouping, groupings } from "./search.ts";

/** Chooses what the rows of the list are grouped by. */
export function GroupBy({
  value,
  onChange,
}: {
  value: Grouping | undefined;
  onChange: (value: Grouping | undefined) => void;
}) {
  const m = useMessages();
  const { groups } = m.runs;
  return (
    <Menu
      trigger={
        <Button size="small" tone="quiet" icon={<Rows3 />}>
          {value === undefined ? (
            groups.title
          ) : (
            <>
              <span className={css.word}>{groups.by(groups[value])}</span>
              <span className={css.short} aria-hidden="true">
                {groups[value]}
              </span>
            </>
          )}
        </Button>
      }
    >
      <MenuChoice
        label={groups.title}
        value={value ?? "none"}
        options={[
          { value: "none" as const, label: groups.none },
          ...groupings.map((each) => ({ value: each, label: groups[each] })),
        ]}
        onChange={(chosen) => onChange(chosen === "none" ? undefined : chosen)}
      />
    </Menu>
  );
}
