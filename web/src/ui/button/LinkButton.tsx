import type { AnchorHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "../../lib/class-names.ts";
import type { ButtonTone } from "./Button.tsx";
import css from "./Button.module.css";

export interface LinkButtonProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  tone?: ButtonTone | undefined;
  size?: "normal" | "small" | undefined;
  icon?: ReactNode;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link that looks like a button: for going somewhere, while a button does something. */
export function LinkButton({ tone = "plain", size = "normal", icon, children, className, ...rest }: LinkButtonProps) {
  return (
    <a
      {...rest}
      className={cx(css.button, className)}
      data-tone={tone}
      data-size={size}
      data-icon-only={children === undefined || undefined}
    >
      {icon !== undefined && (
        <span className={css.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {children !== undefined && <span className={css.text}>{children}</span>}
    </a>
  );
}
