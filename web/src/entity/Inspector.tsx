import { Copy } from "lucide-react";
import { useState } from "react";
import { useMessages } from "../i18n/language.ts";
import { copyText } from "../lib/clipboard.ts";
import { Button } from "../ui/button/Button.tsx";
import { Dialog } from "../ui/dialog/Dialog.tsx";
import { JsonTree } from "../ui/json/JsonTree.tsx";

interface InspectorProps {
  /** What is inspected, such as a name. */
  label: string;
  /** The document as the API gave it. */
  value: unknown;
  onClose: () => void;
}

/** A document as the API gives it, as a tree that folds and is searched; all of it can be copied. */
export function Inspector({ label, value, onClose }: InspectorProps) {
  const m = useMessages();
  const [copied, setCopied] = useState<boolean | undefined>(undefined);
  const copy = async () => setCopied(await copyText(JSON.stringify(value, null, 2)));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.functions.inspector}
      size="wide"
      footer={
        <>
          {/* Toasts lie outside of the dialog, where nothing is read while it is open. */}
          <span role="status">{copied === undefined ? "" : copied ? m.ui.copied : m.ui.copyFailed}</span>
          <Button icon={<Copy />} onClick={() => void copy()}>
            {m.ui.copy(m.functions.json)}
          </Button>
          <Button onClick={onClose}>{m.functions.done}</Button>
        </>
      }
    >
      <JsonTree label={label} value={value} />
    </Dialog>
  );
}
