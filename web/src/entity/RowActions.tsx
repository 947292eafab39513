import { Copy, Ellipsis, Trash2 } from "lucide-react";
import { useMessages } from "../i18n/language.ts";
import { copyText } from "../lib/clipboard.ts";
import { useWriteBlock } from "../live/state.ts";
import { IconButton } from "../ui/button/IconButton.tsx";
import { Menu, MenuItem } from "../ui/menu/Menu.tsx";
import type { Place } from "./place.ts";
import { PlaceButton } from "./PlaceButton.tsx";
import css from "./RowActions.module.css";

interface RowActionsProps<Doc> {
  /** The page of the name; the form that edits it is below of it. */
  place: Place;
  doc: Doc;
  onDelete: (doc: Doc) => void;
}

/** What can be done with a name from its row, whatever it names. */
export function RowActions<Doc extends { name: string; key: string }>({ place, doc, onDelete }: RowActionsProps<Doc>) {
  const m = useMessages();
  const blocked = useWriteBlock();
  return (
    <span className={css.actions}>
      <PlaceButton place={place} tone="quiet" aria-label={m.functions.showName(doc.name)}>
        {m.functions.show}
      </PlaceButton>
      <PlaceButton
        place={{ ...place, to: `${place.to}/edit` }}
        tone="quiet"
        aria-label={m.functions.editName(doc.name)}
      >
        {m.functions.edit}
      </PlaceButton>
      <Menu trigger={<IconButton size="small" label={`${m.ui.more}: ${doc.name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyText(doc.key)}>
          {m.ui.copy(m.functions.key)}
        </MenuItem>
        <MenuItem icon={<Trash2 />} danger disabledReason={blocked} onSelect={() => onDelete(doc)}>
          {m.functions.delete}
        </MenuItem>
      </Menu>
    </span>
  );
}
