import { Copy, Ellipsis, Trash2 } from "lucide-react";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Menu, MenuItem } from "../../ui/menu/Menu.tsx";
import type { Material, MaterialDoc } from "./material.ts";
import css from "./MaterialsList.module.css";

interface RowActionsProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
  onDelete: (doc: MaterialDoc) => void;
}

/** What can be done with one of them from its row. */
export function RowActions({ project, material, doc, onDelete }: RowActionsProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  return (
    <span className={css.actions}>
      <ButtonLink
        to="/p/$project/$material/$name"
        params={{ project, material, name: doc.name }}
        size="small"
        tone="quiet"
        aria-label={m.functions.showName(doc.name)}
      >
        {m.functions.show}
      </ButtonLink>
      <ButtonLink
        to="/p/$project/$material/$name/edit"
        params={{ project, material, name: doc.name }}
        size="small"
        tone="quiet"
        aria-label={m.functions.editName(doc.name)}
      >
        {m.functions.edit}
      </ButtonLink>
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
