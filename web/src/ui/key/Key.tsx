import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { IconButton } from "../button/IconButton.tsx";
import { useToast } from "../toast/toast.ts";
import css from "./Key.module.css";

/** An id or key, shortened in the middle where there is no room, with a button that copies all of it. */
export function Key({ value, what }: { value: string; what: string }) {
  const m = useMessages();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    if (await copyText(value)) setCopied(true);
    else toast({ tone: "error", text: m.ui.copyFailed });
  };
  return (
    <span className={css.key}>
      <code className={css.value} title={value}>
        {value}
      </code>
      <IconButton
        size="small"
        label={copied ? m.ui.copied : m.ui.copy(what)}
        icon={copied ? <Check /> : <Copy />}
        onClick={() => void copy()}
      />
    </span>
  );
}
