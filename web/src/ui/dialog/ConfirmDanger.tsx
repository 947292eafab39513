import { type ReactNode, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../callout/Callout.tsx";
import { TextField } from "../field/TextField.tsx";
import css from "./ConfirmDanger.module.css";
import { Dialog } from "./Dialog.tsx";
import { DialogFoot } from "./DialogFoot.tsx";

interface ConfirmDangerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What goes, each with its number; undefined while that is being counted. */
  effects: readonly string[] | undefined;
  /** What is said while that is being counted; what is never counted needs none. */
  counting?: string | undefined;
  submit: string;
  /** What must be typed before the button works. */
  retype?: string | undefined;
  /** Choices that change what goes. */
  children?: ReactNode;
  busy: boolean;
  /** Why the last try failed; the dialog shows it itself. */
  failure?: string | undefined;
  blocked?: string | undefined;
  onConfirm: () => void;
}

/** Asks before something is destroyed: it lists what goes with it, and may ask to type the name. */
export function ConfirmDanger(props: ConfirmDangerProps) {
  const m = useMessages();
  const [typed, setTyped] = useState("");
  const { retype, effects } = props;
  const missing = retype !== undefined && typed !== retype ? m.ui.danger.mustRetype(retype) : undefined;
  const close = (open: boolean) => {
    if (!open) setTyped("");
    props.onOpenChange(open);
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={close}
      title={props.title}
      description={m.ui.danger.irreversible}
      onSubmit={props.onConfirm}
      footer={
        <DialogFoot
          submit={props.submit}
          tone="danger"
          busy={props.busy}
          blocked={props.blocked ?? missing ?? (effects === undefined ? (props.counting ?? "") : undefined)}
          onCancel={() => close(false)}
        />
      }
    >
      <div className={css.body}>
        <p>{effects === undefined ? props.counting : m.ui.danger.goes}</p>
        {effects !== undefined && (
          <ul className={css.effects} aria-label={m.ui.danger.goes}>
            {effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        )}
        {props.children}
        {retype !== undefined && (
          <TextField label={m.ui.danger.retype(retype)} value={typed} onChange={setTyped} autoComplete="off" mono />
        )}
        {props.failure !== undefined && <Callout tone="error">{props.failure}</Callout>}
      </div>
    </Dialog>
  );
}
