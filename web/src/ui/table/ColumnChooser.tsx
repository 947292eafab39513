import { Settings2 } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { toggled } from "../../lib/range.ts";
import { IconButton } from "../button/IconButton.tsx";
import { Menu, MenuCheck, MenuLabel } from "../menu/Menu.tsx";
import { usePrefs } from "../prefs/prefs.ts";
import { type Column, visibleColumns } from "./column.ts";

/** Chooses which optional columns a table shows; the choice stays in this browser. */
export function ColumnChooser<T>({ id, columns }: { id: string; columns: readonly Column<T>[] }) {
  const m = useMessages();
  const { prefs, change } = usePrefs();
  const changed = prefs.hiddenColumns[id] ?? [];
  const visible = new Set(visibleColumns(columns, changed).map((column) => column.id));
  return (
    <Menu trigger={<IconButton label={m.ui.columns} icon={<Settings2 />} />}>
      <MenuLabel>{m.ui.columns}</MenuLabel>
      {columns
        .filter((column) => column.optional !== undefined)
        .map((column) => (
          <MenuCheck
            key={column.id}
            checked={visible.has(column.id)}
            onChange={() =>
              change({ hiddenColumns: { ...prefs.hiddenColumns, [id]: [...toggled(new Set(changed), column.id)] } })
            }
          >
            {column.header}
          </MenuCheck>
        ))}
    </Menu>
  );
}
