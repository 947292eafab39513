import { type ReactNode, useCallback, useRef, useState } from "react";
import { Toast } from "./Toast.tsx";
import css from "./Toast.module.css";
import { ToastContext, type ToastMessage } from "./toast.ts";

interface Shown {
  id: number;
  message: ToastMessage;
  dismiss: () => void;
}

/** Holds the messages of the page. Successes are announced politely, failures at once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [list, setList] = useState<readonly Shown[]>([]);
  const next = useRef(0);
  const show = useCallback((message: ToastMessage) => {
    const id = next.current++;
    const dismiss = () => setList((old) => old.filter((toast) => toast.id !== id));
    setList((old) => [...old.slice(-3), { id, message, dismiss }]);
  }, []);
  const draw = ({ id, message, dismiss }: Shown) => <Toast key={id} message={message} onDismiss={dismiss} />;
  return (
    <ToastContext value={show}>
      {children}
      <div className={css.stack}>
        {/* aria-live, though the roles imply it: what hides the page behind a dialog leaves such regions alone. */}
        <div role="status" aria-live="polite">
          {list.filter(({ message }) => message.tone !== "error").map(draw)}
        </div>
        <div role="alert" aria-live="assertive">
          {list.filter(({ message }) => message.tone === "error").map(draw)}
        </div>
      </div>
    </ToastContext>
  );
}
