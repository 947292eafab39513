import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import css from "./Menu.module.css";
import type { MenuCheckProps, MenuChoiceProps, MenuItemProps } from "./Menu.tsx";

interface BodyProps {
  /** What stands for the button that opens it. */
  trigger: ReactElement;
  align: "start" | "end";
  children: ReactNode;
}

/** The menu of a button. */
export function Body({ trigger, align, children }: BodyProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={css.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function Item({ icon, shortcut, danger, disabledReason, onSelect, children }: MenuItemProps) {
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

export function Link({ children }: { children: ReactElement }) {
  return (
    <Radix.Item className={css.item} data-link asChild>
      {children}
    </Radix.Item>
  );
}

export function Choice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
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

export function Checked({ checked, onChange, children }: MenuCheckProps) {
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

export function Group({ label, children }: { label: string; children: ReactNode }) {
  return <Radix.Group aria-label={label}>{children}</Radix.Group>;
}

export function Separator() {
  return <Radix.Separator className={css.separator} />;
}

export function Label({ children }: { children: ReactNode }) {
  return <Radix.Label className={css.label}>{children}</Radix.Label>;
}
