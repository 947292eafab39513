import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef } from "react";
import { useMessages } from "../../i18n/language.ts";
import { IconButton } from "../button/IconButton.tsx";
import { stroke } from "../keys/sequence.ts";
import { LayerContext } from "../keys/use-shortcuts.ts";
import css from "./Dialog.module.css";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the end; the one that submits has type="submit" when onSubmit is given. */
  footer?: ReactNode;
  onSubmit?: (() => void) | undefined;
  size?: "small" | "wide" | undefined;
  /** Keeps the title for the accessibility tree only. */
  bare?: boolean | undefined;
  side?: "centre" | "end" | undefined;
}

/** A modal dialog: it traps the focus, closes with Escape, and gives the focus back. */
export function Dialog(props: DialogProps) {
  const m = useMessages();
  const content = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // a dialog inside a form's tree is no part of that form
    props.onSubmit?.();
  };
  const body = (
    <LayerContext value={content}>
      <div ref={(element) => withinReach(element)} className={css.body}>
        {props.children}
      </div>
      {props.footer !== undefined && <div className={css.footer}>{props.footer}</div>}
    </LayerContext>
  );
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={css.overlay} />
        <Radix.Content
          ref={content}
          className={css.dialog}
          data-size={props.size ?? "small"}
          data-side={props.side ?? "centre"}
          {...(props.description === undefined && { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement;
            const first = content.current?.querySelector<HTMLElement>("[data-autofocus], input, select, textarea");
            // Without a field the dialog itself: a focused close button would show its tooltip, which Escape closes first.
            event.preventDefault();
            (first ?? content.current)?.focus();
          }}
          onCloseAutoFocus={(event) => {
            // There is no trigger inside: the focus goes back to what had it.
            event.preventDefault();
            const { current: back } = opener;
            if (back instanceof HTMLElement && back.isConnected) back.focus();
            // What had it is gone with what was done: the page has it, unless that has given it to a field.
            else if (document.activeElement === document.body)
              document.querySelector<HTMLElement>("[data-page-title]")?.focus({ preventScroll: true });
          }}
        >
          <header className={css.header} data-bare={props.bare || undefined}>
            <Radix.Title className={css.title}>{props.title}</Radix.Title>
            {props.bare !== true && (
              <Radix.Close asChild>
                <IconButton label={m.ui.close} icon={<X />} size="small" />
              </Radix.Close>
            )}
          </header>
          {props.description !== undefined && (
            <Radix.Description asChild>
              <div className={css.description}>{props.description}</div>
            </Radix.Description>
          )}
          {props.onSubmit === undefined ? (
            body
          ) : (
            <form className={css.form} onSubmit={submit} onKeyDown={pressSubmit} noValidate>
              {body}
            </form>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** mod+Enter and mod+S press the button that submits, from wherever the focus is in the dialog. */
function pressSubmit(event: KeyboardEvent<HTMLFormElement>) {
  const key = stroke(event.nativeEvent);
  if (event.defaultPrevented || (key !== "mod+enter" && key !== "mod+s")) return;
  event.preventDefault();
  if (!event.repeat) event.currentTarget.querySelector<HTMLElement>("button[type=submit]")?.click();
}

const reached = 'a, button, input, select, textarea, [tabindex="0"]';

/** What scrolls and holds nothing that takes the focus takes it itself, so that the keyboard reaches its end. */
function withinReach(body: HTMLElement | null): (() => void) | undefined {
  if (body === null) return undefined;
  const watch = new ResizeObserver(() => {
    if (body.scrollHeight > body.clientHeight && body.querySelector(reached) === null) body.tabIndex = 0;
    else body.removeAttribute("tabindex");
  });
  watch.observe(body);
  return () => watch.disconnect();
}
