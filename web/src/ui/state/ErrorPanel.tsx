import { CloudOff, Lock, SearchX, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { Button } from "../button/Button.tsx";
import { type Failure, failureOf } from "./failure.ts";
import css from "./State.module.css";

interface ErrorPanelProps {
  error: unknown;
  /** What could not be loaded, in words: "runs". */
  what: string;
  onRetry?: (() => void) | undefined;
  /** A way out, such as a link to the list. */
  children?: ReactNode;
}

const icons: Record<Failure["kind"], typeof Lock> = {
  error: TriangleAlert,
  forbidden: Lock,
  "not-found": SearchX,
  offline: CloudOff,
};

/** Says what failed, why, and what can be done: for failures, missing rights, missing things and a server that is away. */
export function ErrorPanel({ error, what, onRetry, children }: ErrorPanelProps) {
  const m = useMessages();
  const [copied, setCopied] = useState(false);
  const failure = failureOf(error);
  const Icon = icons[failure.kind];
  const titles: Record<Failure["kind"], string> = {
    error: m.ui.view.errorTitle(what),
    forbidden: m.ui.view.forbiddenTitle,
    "not-found": m.ui.view.notFoundTitle,
    offline: m.ui.view.offlineTitle,
  };
  const help: Partial<Record<Failure["kind"], string>> = {
    forbidden: m.ui.view.forbiddenHelp,
    "not-found": m.ui.view.notFoundHelp,
    offline: m.ui.view.awayHelp,
  };
  return (
    <div className={css.error} role="alert">
      <Icon className={css.errorIcon} aria-hidden="true" />
      <div className={css.errorText}>
        <h2 className={css.errorTitle}>{titles[failure.kind]}</h2>
        {failure.message !== "" && <p>{failure.message}</p>}
        {help[failure.kind] !== undefined && <p className={css.muted}>{help[failure.kind]}</p>}
        {failure.requestId !== undefined && (
          <p className={css.muted}>
            {m.ui.requestId} <code>{failure.requestId}</code>
          </p>
        )}
        <div className={css.errorActions}>
          {onRetry !== undefined && failure.kind !== "not-found" && <Button onClick={onRetry}>{m.ui.retry}</Button>}
          {failure.kind === "error" && (
            <Button tone="quiet" onClick={() => void copyText(failure.details).then(setCopied)}>
              {copied ? m.ui.copied : m.ui.copyDetails}
            </Button>
          )}
          {children}
        </div>
      </div>
    </div>
  );
}
