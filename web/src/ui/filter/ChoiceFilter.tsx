import { useMessages } from "../../i18n/language.ts";
import { toggled } from "../../lib/range.ts";
import { Menu, MenuCheck, MenuChoice, MenuGroup } from "../menu/Menu.tsx";
import css from "./FilterBar.module.css";
import { type Filter, valueLabel } from "./filter.ts";
import { TokenFace } from "./TokenFace.tsx";

interface ChoiceFilterProps {
  filter: Filter;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

/** A filter chosen from a list: one of it, or several. */
export function ChoiceFilter({ filter, value, onChange }: ChoiceFilterProps) {
  const m = useMessages();
  const options = filter.options ?? [];
  const words = value.length === 0 ? m.ui.filter.any : value.map((v) => valueLabel(filter, v)).join(", ");
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={css.face}>
          <TokenFace label={filter.label} value={words} />
        </button>
      }
    >
      {filter.multiple === true ? (
        <MenuGroup label={filter.label}>
          {options.map((option) => (
            <MenuCheck
              key={option.value}
              checked={value.includes(option.value)}
              onChange={() => onChange([...toggled(new Set(value), option.value)])}
            >
              {option.label}
            </MenuCheck>
          ))}
        </MenuGroup>
      ) : (
        <MenuChoice
          label={filter.label}
          value={value[0] ?? ""}
          options={[{ value: "", label: m.ui.filter.any }, ...options]}
          onChange={(choice) => onChange(choice === "" ? [] : [choice])}
        />
      )}
    </Menu>
  );
}
