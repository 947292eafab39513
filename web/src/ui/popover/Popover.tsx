import { Popover as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import css from "./Popover.module.css";

interface PopoverProps {
  trigger: ReactElement;
  /** What the popover is, for the accessibility tree. */
  label: string;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  align?: "start" | "end" | undefined;
  flush?: boolean | undefined;
  children: ReactNode;
}

/** A small surface beside its trigger, closed by Escape or a click elsewhere. */
export function Popover({ trigger, label, open, onOpenChange, align = "start", flush, children }: PopoverProps) {
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpenChange !== undefined && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={css.popover}
          data-flush={flush || undefined}
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
