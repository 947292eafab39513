import { Code, ListFilter, Search, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { Button } from "../button/Button.tsx";
import { useShortcuts } from "../keys/use-shortcuts.ts";
import { useToast } from "../toast/toast.ts";
import { ChoiceFilter } from "./ChoiceFilter.tsx";
import css from "./FilterBar.module.css";
import type { Filter, FilterValues } from "./filter.ts";
import { TextFilter } from "./TextFilter.tsx";
import { WordFilter } from "./WordFilter.tsx";

interface FilterBarProps {
  filters: readonly Filter[];
  values: FilterValues;
  /** typing is true while text is being typed: the page then replaces its URL and does not add to the history. */
  onChange: (values: FilterValues, typing: boolean) => void;
  /** The filter that the text field sets, and what the field is called. */
  search?: { id: string; label: string } | undefined;
  /** How many rows match, in words. */
  count?: string | undefined;
  /** The address of the API that answers what is filtered; it can be copied. */
  query?: (() => string) | undefined;
  children?: ReactNode;
}

/**
 * Filters as tokens that can each be edited and removed; their home is the URL. In a narrow window several lie behind
 * one button that says how many hold, so that the list begins in sight.
 */
export function FilterBar({ filters, values, onChange, search, count, query, children }: FilterBarProps) {
  const m = useMessages();
  const set = (id: string, value: readonly string[], typing: boolean) => {
    const { [id]: _, ...rest } = values;
    onChange(value.length === 0 ? rest : { ...rest, [id]: value }, typing);
  };
  const any = Object.keys(values).length > 0;
  const id = useId();
  const folder = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const folds = filters.length > 1;
  const holding = filters.filter((filter) => (values[filter.id] ?? []).length > 0).length;
  const press = (event: KeyboardEvent) => {
    // What a token opens, and a text that is cleared, take the key first.
    if (event.key !== "Escape" || event.defaultPrevented || !open) return;
    event.preventDefault();
    setOpen(false);
    folder.current?.focus();
  };
  return (
    <div className={css.bar} role="search" aria-label={m.ui.filter.label} onKeyDown={press}>
      {search !== undefined && (
        <SearchField
          label={search.label}
          value={values[search.id]?.[0] ?? ""}
          onChange={(text, typing) => set(search.id, text === "" ? [] : [text], typing)}
        />
      )}
      {folds && (
        <Button
          ref={folder}
          className={css.fold}
          icon={<ListFilter />}
          aria-expanded={open}
          aria-controls={id}
          data-set={holding > 0 || undefined}
          onClick={() => setOpen(!open)}
        >
          {m.ui.filter.holding(holding)}
        </Button>
      )}
      <div id={id} className={css.filters} data-folded={(folds && !open) || undefined}>
        {filters.map((filter) => {
          const value = values[filter.id] ?? [];
          return (
            <span key={filter.id} className={css.token} data-set={value.length > 0 || undefined}>
              {filter.type === "choice" ? (
                <ChoiceFilter filter={filter} value={value} onChange={(next) => set(filter.id, next, false)} />
              ) : filter.type === "word" ? (
                <WordFilter
                  filter={filter}
                  value={value[0]}
                  onChange={(word) => set(filter.id, word === undefined ? [] : [word], false)}
                />
              ) : (
                <TextFilter filter={filter} value={value} onChange={(next) => set(filter.id, next, false)} />
              )}
              {value.length > 0 && (
                <button
                  type="button"
                  className={css.remove}
                  aria-label={m.ui.filter.remove(filter.label)}
                  onClick={() => set(filter.id, [], false)}
                >
                  <X aria-hidden="true" />
                </button>
              )}
            </span>
          );
        })}
        {any && (
          <Button tone="quiet" size="small" onClick={() => onChange({}, false)}>
            {m.ui.filter.clearAll}
          </Button>
        )}
        {any && query !== undefined && <CopyQuery query={query} />}
      </div>
      <span className={css.end}>
        {count !== undefined && (
          <span className={css.count} role="status">
            {count}
          </span>
        )}
        {children}
      </span>
    </div>
  );
}

function CopyQuery({ query }: { query: () => string }) {
  const m = useMessages();
  const toast = useToast();
  const copy = async () => {
    const copied = await copyText(query());
    toast(copied ? { tone: "success", text: m.ui.copied } : { tone: "error", text: m.ui.copyFailed });
  };
  return (
    <Button tone="quiet" size="small" icon={<Code />} onClick={() => void copy()}>
      {m.ui.filter.copyQuery}
    </Button>
  );
}

// The text typed is the field's own: what comes back from the URL replaces it only when it was changed from outside
// (Back, a cleared filter), so that no key press is lost to a slow page. On a busy page the URL may still bring an
// older text that was sent when a newer one is typed already.
function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string, typing: boolean) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [awaited, setAwaited] = useState<readonly string[]>([]); // sent, and not come back yet
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    const at = awaited.lastIndexOf(value);
    setAwaited(at < 0 ? [] : awaited.slice(at + 1));
    if (at < 0) setTyped(value);
  }
  const send = (text: string, typing: boolean) => {
    setTyped(text);
    setAwaited((before) => [...before, text]);
    onChange(text, typing);
  };
  useShortcuts({ "/": () => input.current?.focus() });
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape" && typed !== "") {
      event.preventDefault();
      send("", false);
    }
  };
  return (
    <span className={css.search}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        className={css.searchInput}
        aria-label={label}
        placeholder={label}
        value={typed}
        onKeyDown={press}
        onChange={(event) => send(event.target.value, true)}
      />
    </span>
  );
}
