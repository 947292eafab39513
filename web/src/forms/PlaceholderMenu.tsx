import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import fieldCss from "./Field.module.css";
import css from "./PlaceholderMenu.module.css";
import { type Placeholder, usePickers } from "./pickers.ts";
import { openPlaceholder, placeholdersFor, written } from "./placeholders.ts";

type Box = HTMLInputElement | HTMLTextAreaElement;

interface Open {
  box: Box;
  from: number;
  typed: string;
  at: number;
  /** Where the list is drawn, from the frame's corner. */
  place: { top: number; left: number };
}

const none: readonly Placeholder[] = [];
const most = 12;

/**
 * Completes {{ in every box of text of the form inside it: arrows choose, Enter or Tab takes, Escape closes. Boxes
 * with a list of their own offer placeholders there (Pickers.entities).
 */
export function PlaceholderMenu({ children }: { children: ReactNode }) {
  const words = useMessages().forms.placeholders;
  const { placeholders = none } = usePickers();
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<Open>();
  const list = open === undefined ? none : placeholdersFor(open.typed, placeholders).slice(0, most);
  const current = list[Math.min(open?.at ?? 0, list.length - 1)];

  const close = () => {
    for (const name of attributes) open?.box.removeAttribute(name);
    setOpen(undefined);
  };
  const look = (event: FormEvent) => {
    const box = boxOf(event.target);
    const found = box === undefined ? undefined : openPlaceholder(box.value, box.selectionStart ?? box.value.length);
    if (box === undefined || found === undefined || placeholdersFor(found.typed, placeholders).length === 0) {
      if (open !== undefined) close();
      return;
    }
    announce(box, listId, 0);
    setOpen({ box, ...found, at: 0, place: placeOf(box, frame.current) });
  };
  const take = (chosen: Placeholder | undefined) => {
    if (open === undefined || chosen === undefined) return;
    const { box, from } = open;
    const end = box.selectionStart ?? box.value.length;
    const rest = box.value.slice(end).replace(/^\s*\}\}/, ""); // braces that were typed already
    close();
    type(box, box.value.slice(0, from) + written(chosen.name) + rest, from + written(chosen.name).length);
  };
  const press = (event: KeyboardEvent) => {
    if (open === undefined || list.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const at = (Math.min(open.at, list.length - 1) + step + list.length) % list.length;
      announce(open.box, listId, at);
      setOpen({ ...open, at });
    } else if (event.key === "Enter" || event.key === "Tab") take(current);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={frame} className={css.placeholders} onInput={look} onKeyDownCapture={press} onBlur={close}>
      {children}
      {open !== undefined && list.length > 0 && (
        <div
          id={listId}
          role="listbox"
          aria-label={words.label}
          className={css.placeholderList}
          style={{ "--top": `${open.place.top}px`, "--left": `${open.place.left}px` }}
        >
          {list.map((each, index) => (
            // Keys are handled where the text is typed, which keeps the focus.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={each.name}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={each === current}
              className={css.placeholder}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(each)}
            >
              <code>{written(each.name)}</code>
              <span className={fieldCss.help}>{each.help}</span>
            </div>
          ))}
        </div>
      )}
      <span role="status" className={css.unseen}>
        {open === undefined || list.length === 0 ? "" : words.count(list.length)}
      </span>
    </div>
  );
}

const attributes = ["aria-autocomplete", "aria-controls", "aria-activedescendant"];

// The boxes are of any widget, so what a screen reader must know of the list is written at the box itself.
function announce(box: Box, list: string, at: number): void {
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list);
  box.setAttribute("aria-activedescendant", `${list}-${at}`);
}

function boxOf(target: EventTarget): Box | undefined {
  if (target instanceof HTMLTextAreaElement) return target;
  const text = target instanceof HTMLInputElement && ["text", "search", "url"].includes(target.type);
  return text && target.getAttribute("role") !== "combobox" ? target : undefined;
}

function placeOf(box: Box, frame: HTMLElement | null): { top: number; left: number } {
  const at = box.getBoundingClientRect();
  const around = frame?.getBoundingClientRect() ?? new DOMRect();
  return { top: at.bottom - around.top + 4, left: Math.max(0, at.left - around.left) };
}

// React hears of a text that a script sets only through the element's own setter and an event.
function type(box: Box, text: string, caret: number): void {
  const of = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(of, "value")?.set?.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.setSelectionRange(caret, caret);
}
