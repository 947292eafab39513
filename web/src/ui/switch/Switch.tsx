import { useId } from "react";
import { Tooltip } from "../tooltip/Tooltip.tsx";
import css from "./Switch.module.css";

interface SwitchProps {
  /** What is switched: its accessible name. */
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  busy?: boolean | undefined;
  /** Why it cannot be switched now. It stays reachable, and says so. */
  disabledReason?: string | undefined;
}

/** A switch that takes effect at once. */
export function Switch({ label, checked, onChange, busy = false, disabledReason }: SwitchProps) {
  const reasonId = useId();
  const blocked = busy || disabledReason !== undefined;
  const button = (
    <button
      type="button"
      role="switch"
      className={css.switch}
      aria-label={label}
      aria-checked={checked}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason === undefined ? undefined : reasonId}
      onClick={() => !blocked && onChange(!checked)}
    >
      <span className={css.knob} aria-hidden="true" />
      {disabledReason !== undefined && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </button>
  );
  return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>;
}
