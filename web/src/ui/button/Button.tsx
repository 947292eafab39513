import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from "react";
import { cx } from "../../lib/class-names.ts";
import { Tooltip } from "../tooltip/Tooltip.tsx";
import css from "./Button.module.css";

export type ButtonTone = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  tone?: ButtonTone | undefined;
  size?: "normal" | "small" | undefined;
  icon?: ReactNode;
  /** Why the button cannot be used now. It stays reachable, and says so. */
  disabledReason?: string | undefined;
  /** The effect is under way: the button stays, and a second press does nothing. */
  busy?: boolean | undefined;
  /** The second press of a double click does nothing. So it is with what submits, and with primary and danger. */
  once?: boolean | undefined;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is never mute: one that cannot be used says why. */
export function Button({
  tone = "plain",
  size = "normal",
  icon,
  disabledReason,
  busy = false,
  children,
  className,
  onClick,
  type = "button",
  once = type === "submit" || tone === "primary" || tone === "danger",
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const blocked = busy || disabledReason !== undefined;
  const button = (
    <button
      {...rest}
      // A submit button that is blocked must not submit by Enter in a field either.
      type={blocked ? "button" : type}
      className={cx(css.button, className)}
      data-tone={tone}
      data-size={size}
      data-icon-only={children === undefined || undefined}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason === undefined ? rest["aria-describedby"] : reasonId}
      onClick={(event) => {
        // The effect of the first press may be done, and what comes of it not drawn yet: not busy, and still here.
        if (blocked || (once && event.detail > 1)) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon !== undefined && (
        <span className={css.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children !== undefined && <span className={css.text}>{children}</span>}
      {disabledReason !== undefined && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </button>
  );
  return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>;
}
