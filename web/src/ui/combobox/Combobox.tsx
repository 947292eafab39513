import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { composes } from "../../lib/composing.ts";
import css from "./Combobox.module.css";

export interface Option {
  value: string;
  label?: string | undefined;
  /** A word beside it, such as a version or a size. */
  note?: string | undefined;
}

/** Finds the options for what was typed. */
export type OptionSource = (typed: string, signal: AbortSignal) => Promise<readonly Option[]>;

interface ComboboxProps {
  id: string;
  /** The name of the list of options; the field's own label is the form's. */
  label: string;
  value: string;
  options: readonly Option[] | OptionSource;
  /** What was typed, as it is typed. */
  onInput: (typed: string) => void;
  /** An option was chosen; without it, choosing types it. */
  onPick?: ((value: string) => void) | undefined;
  onBlur?: (() => void) | undefined;
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  /** Whether other values than the options are welcome, which decides what an empty list says. */
  free?: boolean | undefined;
  /** The list is there at first and lies in the flow, as on a surface that is opened for it. */
  inline?: boolean | undefined;
  placeholder?: string | undefined;
  described?: string | undefined;
  invalid?: boolean | undefined;
  required?: boolean | undefined;
}

type Found = { for: string; list: readonly Option[] } | { for: string; failed: true };

const most = 50;

/**
 * A text field with a list of options: typing filters, arrows choose, Enter takes, Escape closes. The options
 * may be asked for as one types; what they are for an earlier text is never shown for a later one.
 */
export function Combobox(props: ComboboxProps) {
  const { id, value, options, onInput, onPick = onInput } = props;
  const m = useMessages().forms.picker;
  const listId = useId();
  const [open, setOpen] = useState(props.inline === true);
  const [at, setAt] = useState(-1);
  const [typed, setTyped] = useState("");
  const found = useOptions(options, typed, open);
  const list = found === undefined || "failed" in found ? [] : found.list.slice(0, most);
  const choose = (option: Option) => {
    onPick(option.value);
    setOpen(false);
    setAt(-1);
    setTyped("");
  };
  const show = () => {
    setOpen(true);
    setAt(-1);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (composes(event.nativeEvent)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = list[at];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) show();
      else if (list.length > 0) setAt((at + step + (at < 0 && step < 0 ? 1 : 0) + list.length) % list.length);
    } else if (event.key === "Enter" && open && option !== undefined) {
      event.preventDefault();
      choose(option);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation(); // closes the list, not the drawer around it
      setOpen(false);
    } else props.onKeyDown?.(event);
  };
  const says =
    found === undefined ? m.loading : "failed" in found ? m.failed : props.free === false ? m.noneClosed : m.none;
  return (
    <div className={css.combobox}>
      <input
        id={id}
        className={css.input}
        role="combobox"
        aria-expanded={open && list.length > 0}
        aria-controls={open && list.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && at >= 0 ? `${listId}-${at}` : undefined}
        aria-describedby={props.described}
        aria-invalid={props.invalid || undefined}
        aria-required={props.required || undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={props.placeholder}
        value={value}
        onChange={(event) => {
          onInput(event.target.value);
          setTyped(event.target.value);
          show();
        }}
        onClick={show}
        onKeyDown={press}
        onBlur={() => {
          setOpen(false);
          setTyped("");
          props.onBlur?.();
        }}
      />
      {open && (
        <div className={css.popup} data-inline={props.inline || undefined}>
          {list.length > 0 && (
            <div id={listId} role="listbox" aria-label={props.label} className={css.list}>
              {list.map((option, i) => (
                // Keys are handled by the input, which keeps the focus.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={option.value}
                  id={`${listId}-${i}`}
                  role="option"
                  aria-selected={i === at}
                  className={css.option}
                  ref={i === at ? reveal : undefined}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(option)}
                >
                  <span className={css.text}>{option.label ?? option.value}</span>
                  {option.note !== undefined && <span className={css.note}>{option.note}</span>}
                </div>
              ))}
            </div>
          )}
          {list.length === 0 && <p className={css.says}>{says}</p>}
        </div>
      )}
      <span role="status" className={css.status}>
        {open && (list.length > 0 ? m.results(list.length) : says)}
      </span>
    </div>
  );
}

function reveal(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** The options for a text; undefined while they are asked for. */
function useOptions(options: readonly Option[] | OptionSource, typed: string, open: boolean): Found | undefined {
  const [found, setFound] = useState<Found>();
  const source = useRef(options);
  useEffect(() => {
    source.current = options;
  });
  const isSource = typeof options === "function";
  useEffect(() => {
    const ask = source.current;
    if (!open || typeof ask !== "function") return undefined;
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        ask(typed, abort.signal)
          .then((list) => setFound({ for: typed, list }))
          .catch(() => {
            if (!abort.signal.aborted) setFound({ for: typed, failed: true });
          });
      },
      typed === "" ? 0 : 150,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
    // A source that is another function with each drawing is asked again only for another text.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [open, typed, isSource]);
  if (typeof options === "function") return found?.for === typed ? found : undefined;
  return { for: typed, list: filter(options, typed) };
}

/** The options that hold what was typed, those that begin with it first. */
function filter(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return options;
  const rank = (o: Option): number => {
    const text = `${o.label ?? ""} ${o.value}`.toLowerCase();
    return o.value.toLowerCase().startsWith(wanted) ? 0 : text.includes(wanted) ? 1 : 2;
  };
  return options.filter((o) => rank(o) < 2).toSorted((a, b) => rank(a) - rank(b));
}
