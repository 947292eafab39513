import { Tooltip as Radix } from "radix-ui";
import type { FocusEvent, ReactElement } from "react";
import { useLateTrigger } from "../late/use-late-trigger.tsx";
import css from "./Tooltip.module.css";

interface TooltipProps {
  text: string;
  shortcut?: string | undefined;
  /** The one element that it belongs to; it must take a ref and be focusable. */
  children: ReactElement;
}

/** A menu that closes hands the focus back to its button: who chose with the pointer did not ask for a remark. */
function stayAway(event: FocusEvent) {
  if (!event.target.matches(":focus-visible")) event.preventDefault();
}

/** A short remark on hover and on focus; it never holds what is needed to use the page. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  const { shown, standIn } = useLateTrigger(children);
  return (
    <>
      {shown}
      {standIn !== undefined && (
        <Radix.Provider delayDuration={400} skipDelayDuration={200}>
          <Radix.Root>
            <Radix.Trigger asChild onFocus={stayAway}>
              {standIn}
            </Radix.Trigger>
            <Radix.Portal>
              <Radix.Content className={css.tooltip} sideOffset={6} collisionPadding={8}>
                {text}
                {shortcut !== undefined && <kbd className={css.key}>{shortcut}</kbd>}
              </Radix.Content>
            </Radix.Portal>
          </Radix.Root>
        </Radix.Provider>
      )}
    </>
  );
}
