import { useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { LabelEditor } from "../labels/LabelEditor.tsx";
import { Popover } from "../popover/Popover.tsx";
import css from "./FilterBar.module.css";
import type { Filter } from "./filter.ts";
import { TokenFace } from "./TokenFace.tsx";

interface TextFilterProps {
  filter: Filter;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

/** A filter by words, such as labels; the options are suggestions. */
export function TextFilter({ filter, value, onChange }: TextFilterProps) {
  const m = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={filter.label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={css.face}>
          <TokenFace label={filter.label} value={value.length === 0 ? m.ui.filter.any : value.join(", ")} />
        </button>
      }
    >
      <LabelEditor
        label={filter.label}
        value={value}
        onChange={onChange}
        suggestions={filter.options?.map((option) => option.value)}
      />
    </Popover>
  );
}
