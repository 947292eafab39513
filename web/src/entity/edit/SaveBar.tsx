import type { ReactNode } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import css from "./Edit.module.css";

interface SaveBarProps {
  /** What saving is here: Create, Update metadata, Save as new version. */
  label: string;
  /** What decides that, or what is still missing. */
  reason: string;
  /** Where something was changed, as paths. */
  changed?: readonly string[] | undefined;
  /** Why it cannot be saved. */
  blocked?: string | undefined;
  busy: boolean;
  /** What refused it and is said at no field. */
  failure?: Error | undefined;
  /** Asks the server whether it would take it. */
  onCheck?: (() => void) | undefined;
  checking?: boolean | undefined;
  /** What the server said to that. */
  checked?: string | undefined;
  onSave: () => void;
  /** The way out without saving. */
  cancel: ReactNode;
}

const pathsShown = 4;

/** The bar that stays in sight below a form: what saving does, and why. */
export function SaveBar(props: SaveBarProps) {
  const m = useMessages();
  const offline = useWriteBlock();
  const { changed = [], busy, onSave } = props;
  const blocked = offline ?? props.blocked;
  useShortcuts({ "mod+s": () => !busy && blocked === undefined && onSave() });
  const shown = changed.slice(0, pathsShown);
  return (
    <section className={css.bar} aria-label={m.editor.saving}>
      {props.failure !== undefined && <Callout tone="error">{errorText(props.failure)}</Callout>}
      <div className={css.barLine}>
        <div className={css.barText}>
          <p>{props.reason}</p>
          {changed.length > 0 && (
            <p className={css.quiet}>
              {m.editor.changed}{" "}
              {shown.map((path, i) => (
                <span key={path}>
                  {i > 0 && ", "}
                  <code>{path}</code>
                </span>
              ))}
              {changed.length > shown.length && ` ${m.editor.moreChanged(changed.length - shown.length)}`}
            </p>
          )}
          <p role="status" className={css.quiet}>
            {props.checked ?? ""}
          </p>
        </div>
        <div className={css.barActions}>
          {props.cancel}
          {props.onCheck !== undefined && (
            <Button busy={props.checking} disabledReason={offline} onClick={props.onCheck}>
              {m.editor.check}
            </Button>
          )}
          <Button
            tone="primary"
            busy={busy}
            disabledReason={blocked}
            aria-keyshortcuts="Control+S Meta+S"
            title={m.editor.saveKey}
            onClick={onSave}
          >
            {props.label}
          </Button>
        </div>
      </div>
    </section>
  );
}
