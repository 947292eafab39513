import { ArrowUpDown, Settings2 } from "lucide-react";
import { useState } from "react";
import { loadWords, useMessages } from "../../i18n/language.ts";
import { IconButton } from "../button/IconButton.tsx";
import { lazily } from "../lazy/lazily.tsx";
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from "../menu/Menu.tsx";
import type { ArrangeProps } from "./ArrangeTable.tsx";
import type { Column } from "./column.ts";
import { useLayout } from "./use-layout.ts";

// Most lists are seen as they are.
const ArrangeTable = lazily<ArrangeProps>(async () => {
  const [part] = await Promise.all([import("./ArrangeTable.tsx"), loadWords()]);
  return part.ArrangeTable;
});

type ColumnChooserProps<T> = Pick<ArrangeProps, "id" | "sort" | "onSort"> & { columns: readonly Column<T>[] };

/** Chooses which optional columns a table shows, and leads to how it is arranged and sorted. */
export function ColumnChooser<T>({ id, columns, ...order }: ColumnChooserProps<T>) {
  const m = useMessages();
  const { all, shown, toggle } = useLayout(id, columns);
  const [arranging, setArranging] = useState(false);
  return (
    <>
      <Menu trigger={<IconButton label={m.ui.columns} icon={<Settings2 />} onPointerEnter={ArrangeTable.fetch} />}>
        <MenuLabel>{m.ui.columns}</MenuLabel>
        {all
          .filter((column) => column.optional !== undefined)
          .map((column) => (
            <MenuCheck key={column.id} checked={shown.includes(column)} onChange={() => toggle(column.id)}>
              {column.header}
            </MenuCheck>
          ))}
        <MenuSeparator />
        <MenuItem icon={<ArrowUpDown />} onSelect={() => setArranging(true)}>
          {m.ui.arrange}
        </MenuItem>
      </Menu>
      {arranging && (
        <ArrangeTable
          id={id}
          columns={columns as readonly Column<unknown>[]}
          {...order}
          onClose={() => setArranging(false)}
        />
      )}
    </>
  );
}
