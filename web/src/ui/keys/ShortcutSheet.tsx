import { useMessages } from "../../i18n/language.ts";
import { Dialog } from "../dialog/Dialog.tsx";
import { usePrefs } from "../prefs/prefs.ts";
import { keycaps } from "./sequence.ts";
import css from "./ShortcutSheet.module.css";

export interface ShortcutGroup {
  title: string;
  entries: readonly { keys: string; does: string }[];
}

interface ShortcutSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  groups: readonly ShortcutGroup[];
}

/** All shortcuts at a glance. */
export function ShortcutSheet({ open, onOpenChange, groups }: ShortcutSheetProps) {
  const m = useMessages();
  const { prefs } = usePrefs();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={m.app.shortcuts.title}
      size="wide"
      {...(!prefs.singleKeys && { description: m.app.shortcuts.off })}
    >
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={css.groups} role="region" aria-label={m.app.shortcuts.title} tabIndex={0}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className={css.title}>{group.title}</h3>
            <dl className={css.list}>
              {group.entries.map((entry) => (
                <div key={entry.does} className={css.entry}>
                  <dt>{entry.does}</dt>
                  <dd className={css.keys}>
                    {entry.keys.split(" ").map((key) => (
                      <kbd key={key} className={css.key}>
                        {keycaps(key)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
