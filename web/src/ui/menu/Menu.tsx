import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { useLateTrigger } from "../late/use-late-trigger.tsx";
import type * as Parts from "./parts.tsx";

let parts: typeof Parts | undefined;

/** Brings what menus are made of, which no page needs before one is opened. */
export async function loadMenus(): Promise<void> {
  parts ??= await import("./parts.tsx");
}

/** For the frame, which fetches it when it stands; what fails is fetched again for a menu that is opened. */
export const menus = { fetch: () => void loadMenus().catch(() => undefined) };

interface MenuProps {
  trigger: ReactElement;
  align?: "start" | "end" | undefined;
  children: ReactNode;
}

const again = 2000; // ms, while the server is away
const closed = { "aria-haspopup": "menu", "aria-expanded": false, "data-state": "closed" } as const;

/** A menu of actions or choices; arrow keys move, letters jump, Escape closes. */
export function Menu({ trigger, align = "end", children }: MenuProps) {
  const { shown, standIn } = useLateTrigger(trigger, closed);
  const [, setThere] = useState(parts !== undefined);
  const missing = standIn !== undefined && parts === undefined;
  useEffect(() => {
    if (!missing) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const bring = () =>
      void loadMenus().then(
        () => setThere(true),
        () => {
          timer = setTimeout(bring, again);
        },
      );
    bring();
    return () => clearTimeout(timer);
  }, [missing]);
  return (
    <>
      {shown}
      {standIn !== undefined && parts !== undefined && (
        <parts.Body trigger={standIn} align={align}>
          {children}
        </parts.Body>
      )}
    </>
  );
}

// What stands in a menu is drawn when one is open, and then its parts are there.

export interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string | undefined;
  danger?: boolean | undefined;
  /** Why it cannot be chosen now; shown under it. */
  disabledReason?: string | undefined;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem(props: MenuItemProps) {
  return parts && <parts.Item {...props} />;
}

/** An entry that is a link: its one child is the anchor. */
export function MenuLink(props: { children: ReactElement }) {
  return parts && <parts.Link {...props} />;
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of several, marked with a tick. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  return parts && <parts.Choice {...props} />;
}

export interface MenuCheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** A choice that is on or off; the menu stays open. */
export function MenuCheck(props: MenuCheckProps) {
  return parts && <parts.Checked {...props} />;
}

/** Checks that belong together. */
export function MenuGroup(props: { label: string; children: ReactNode }) {
  return parts && <parts.Group {...props} />;
}

export function MenuSeparator() {
  return parts && <parts.Separator />;
}

export function MenuLabel(props: { children: ReactNode }) {
  return parts && <parts.Label {...props} />;
}
