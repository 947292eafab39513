import type { ReactNode } from "react";
import { Tooltip } from "../tooltip/Tooltip.tsx";
import { Button, type ButtonProps } from "./Button.tsx";

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "aria-label"> {
  /** What the button does: its accessible name and its tooltip. */
  label: string;
  icon: ReactNode;
  /** A key that does the same, shown in the tooltip. */
  shortcut?: string | undefined;
}

/** A button that shows an icon only. */
export function IconButton({ label, icon, shortcut, tone = "quiet", ...rest }: IconButtonProps) {
  const button = <Button {...rest} tone={tone} icon={icon} aria-label={label} />;
  return rest.disabledReason === undefined ? (
    <Tooltip text={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
