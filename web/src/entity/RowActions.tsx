import { Copy, Ellipsis, Eye, Pencil, Trash2 } from "lucide-react";
import { useMessages } from "../i18n/language.ts";
import { copyText } from "../lib/clipboard.ts";
import { useWriteBlock } from "../live/state.ts";
import { IconButton } from "../ui/button/IconButton.tsx";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../ui/menu/Menu.tsx";
import type { Place } from "./place.ts";
import { PlaceButton } from "./PlaceButton.tsx";
import { PlaceLink } from "./PlaceLink.tsx";
import css from "./RowActions.module.css";

interface RowActionsProps<Doc> {
  /** The page of the name; the form that edits it is below of it. */
  place: Place;
  doc: Doc;
  onDelete: (doc: Doc) => void;
}

/** The column of RowActions: in a table that has no room to spare only the menu, which has all of them. */
export const rowActionsWidth = "minmax(64px, 184px)";

/** What can be done with a name from its row, whatever it names. */
export function RowActions<Doc extends { name: string; key: string }>({ place, doc, onDelete }: RowActionsProps<Doc>) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const edit = { ...place, to: `${place.to}/edit` };
  return (
    <span className={css.actions}>
      <span className={css.links}>
        <PlaceButton place={place} tone="quiet" aria-label={m.functions.showName(doc.name)}>
          {m.functions.show}
        </PlaceButton>
        <PlaceButton place={edit} tone="quiet" aria-label={m.functions.editName(doc.name)}>
          {m.functions.edit}
        </PlaceButton>
      </span>
      <Menu trigger={<IconButton size="small" label={`${m.ui.more}: ${doc.name}`} icon={<Ellipsis />} />}>
        <MenuLink>
          <PlaceLink place={place}>
            <Eye aria-hidden="true" />
            {m.functions.show}
          </PlaceLink>
        </MenuLink>
        <MenuLink>
          <PlaceLink place={edit}>
            <Pencil aria-hidden="true" />
            {m.functions.edit}
          </PlaceLink>
        </MenuLink>
        <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyText(doc.key)}>
          {m.ui.copy(m.functions.key)}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger disabledReason={blocked} onSelect={() => onDelete(doc)}>
          {m.functions.delete}
        </MenuItem>
      </Menu>
    </span>
  );
}
