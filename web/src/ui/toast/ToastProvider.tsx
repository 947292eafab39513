import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../button/Button.tsx";
import { IconButton } from "../button/IconButton.tsx";
import css from "./Toast.module.css";
import { ToastContext, type ToastMessage } from "./toast.ts";

interface Shown extends ToastMessage {
  id: number;
}

const icons = { success: CircleCheck, info: Info, error: CircleAlert };
const shownFor = 6000;

/** Holds the messages of the page. Successes are announced politely, failures at once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const m = useMessages();
  const [list, setList] = useState<readonly Shown[]>([]);
  const next = useRef(0);
  const dismiss = useCallback((id: number) => setList((old) => old.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (message: ToastMessage) => {
      const id = next.current++;
      setList((old) => [...old.slice(-3), { ...message, id }]);
      if (message.tone !== "error") setTimeout(() => dismiss(id), shownFor);
    },
    [dismiss],
  );
  const draw = (toast: Shown) => {
    const Icon = icons[toast.tone];
    return (
      <div key={toast.id} className={css.toast} data-tone={toast.tone}>
        <Icon className={css.icon} aria-hidden="true" />
        <span className={css.text}>{toast.text}</span>
        {toast.undo !== undefined && (
          <Button
            size="small"
            onClick={() => {
              toast.undo?.();
              dismiss(toast.id);
            }}
          >
            {m.ui.undo}
          </Button>
        )}
        <IconButton size="small" label={m.ui.dismiss} icon={<X />} onClick={() => dismiss(toast.id)} />
      </div>
    );
  };
  return (
    <ToastContext value={show}>
      {children}
      <div className={css.stack}>
        {/* aria-live, though the roles imply it: what hides the page behind a dialog leaves such regions alone. */}
        <div role="status" aria-live="polite">
          {list.filter((toast) => toast.tone !== "error").map(draw)}
        </div>
        <div role="alert" aria-live="assertive">
          {list.filter((toast) => toast.tone === "error").map(draw)}
        </div>
      </div>
    </ToastContext>
  );
}
