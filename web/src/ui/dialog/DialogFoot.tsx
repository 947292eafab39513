import { useMessages } from "../../i18n/language.ts";
import { Button } from "../button/Button.tsx";

interface DialogFootProps {
  /** What the dialog does. */
  submit: string;
  tone?: "primary" | "danger" | undefined;
  busy?: boolean | undefined;
  /** Why it cannot be done now. */
  blocked?: string | undefined;
  onCancel: () => void;
}

/** The foot of a dialog that submits: away from it, and what it does. */
export function DialogFoot({ submit, tone = "primary", busy, blocked, onCancel }: DialogFootProps) {
  const m = useMessages();
  return (
    <>
      <Button onClick={onCancel}>{m.ui.cancel}</Button>
      <Button type="submit" tone={tone} busy={busy} disabledReason={blocked}>
        {submit}
      </Button>
    </>
  );
}
