import { useId, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Combobox } from "../combobox/Combobox.tsx";
import { Popover } from "../popover/Popover.tsx";
import css from "./FilterBar.module.css";
import type { Filter } from "./filter.ts";
import { TokenFace } from "./TokenFace.tsx";

interface WordFilterProps {
  filter: Filter;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A filter by one exact word, such as the name of a function: chosen from what there is, or typed. */
export function WordFilter({ filter, value, onChange }: WordFilterProps) {
  const m = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={filter.label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={css.face}>
          <TokenFace label={filter.label} value={value ?? m.ui.filter.any} />
        </button>
      }
    >
      <Word
        filter={filter}
        value={value ?? ""}
        onDone={(word) => {
          setOpen(false);
          if (word !== (value ?? "")) onChange(word === "" ? undefined : word);
        }}
      />
    </Popover>
  );
}

/** The field, which is there while its token is open; what it offers is asked for by then. */
function Word({ filter, value, onDone }: { filter: Filter; value: string; onDone: (word: string) => void }) {
  const m = useMessages();
  const id = useId();
  const [typed, setTyped] = useState(value);
  return (
    <div className={css.word}>
      <label htmlFor={id}>{filter.label}</label>
      <p id={`${id}-hint`} className={css.hint}>
        {m.ui.filter.wordHint}
      </p>
      <Combobox
        id={id}
        label={filter.label}
        value={typed}
        options={filter.suggest ?? filter.options ?? []}
        described={`${id}-hint`}
        inline
        onInput={setTyped}
        onPick={onDone}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault(); // else it would press the token, which has the focus by then
          onDone(typed.trim());
        }}
      />
    </div>
  );
}
