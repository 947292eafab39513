import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../button/Button.tsx";
import { IconButton } from "../button/IconButton.tsx";
import css from "./Toast.module.css";
import type { ToastMessage } from "./toast.ts";

interface ToastProps {
  message: ToastMessage;
  onDismiss: () => void;
}

const icons = { success: CircleCheck, info: Info, error: CircleAlert };
const shownFor = 6000;

/** A message that goes by itself, but never from under the pointer or the focus; a failure stays. */
export function Toast({ message: { tone, text, undo, action }, onDismiss }: ToastProps) {
  const m = useMessages();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const stays = tone === "error" || pointed || focused;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(onDismiss, shownFor);
    return () => clearTimeout(timer);
  }, [stays, onDismiss]);
  const Icon = icons[tone];
  const offer = action ?? (undo && { label: m.ui.undo, run: undo });
  return (
    <div
      className={css.toast}
      data-tone={tone}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Icon className={css.icon} aria-hidden="true" />
      <span className={css.text}>{text}</span>
      {offer !== undefined && (
        <Button
          size="small"
          onClick={() => {
            offer.run();
            onDismiss();
          }}
        >
          {offer.label}
        </Button>
      )}
      <IconButton size="small" label={m.ui.dismiss} icon={<X />} onClick={onDismiss} />
    </div>
  );
}
