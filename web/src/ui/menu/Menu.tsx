import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { useLateTrigger } from "../late/use-late-trigger.tsx";
import css from "./Menu.module.css";

interface MenuProps {
  trigger: ReactElement;
  align?: "start" | "end" | undefined;
  children: ReactNode;
}

const closed = { "aria-haspopup": "menu", "aria-expanded": false, "data-state": "closed" } as const;

/** A menu of actions or choices; arrow keys move, letters jump, Escape closes. */
export function Menu({ trigger, align = "end", children }: MenuProps) {
  const { shown, standIn } = useLateTrigger(trigger, closed);
  return (
    <>
      {shown}
      {standIn !== undefined && (
        <Radix.Root modal={false}>
          <Radix.Trigger asChild>{standIn}</Radix.Trigger>
          <Radix.Portal>
            <Radix.Content className={css.menu} align={align} sideOffset={4} collisionPadding={8}>
              {children}
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string | undefined;
  danger?: boolean | undefined;
  /** Why it cannot be chosen now; shown under it. */
  disabledReason?: string | undefined;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, shortcut, danger, disabledReason, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item
      className={css.item}
      data-danger={danger || undefined}
      aria-disabled={disabledReason !== undefined || undefined}
      onSelect={(event) => {
        if (disabledReason === undefined) onSelect();
        else event.preventDefault();
      }}
    >
      <span className={css.icon} aria-hidden="true">
        {icon}
      </span>
      <span>
        {children}
        {disabledReason !== undefined && <span className={css.reason}>{disabledReason}</span>}
      </span>
      {shortcut !== undefined && <kbd className={css.key}>{shortcut}</kbd>}
    </Radix.Item>
  );
}

/** An entry that is a link: its one child is the anchor. */
export function MenuLink({ children }: { children: ReactElement }) {
  return (
    <Radix.Item className={css.item} data-link asChild>
      {children}
    </Radix.Item>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of several, marked with a tick. */
export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup value={value} aria-label={label}>
      <Radix.Label className={css.label}>{label}</Radix.Label>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className={css.item}
          onSelect={() => onChange(option.value)}
        >
          <span className={css.icon}>
            <Radix.ItemIndicator>
              <Check />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

/** A choice that is on or off; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Radix.CheckboxItem
      className={css.item}
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className={css.icon}>
        <Radix.ItemIndicator>
          <Check />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className={css.separator} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={css.label}>{children}</Radix.Label>;
}
