import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./Composer.module.css";
import type { Starter } from "./use-start.ts";

interface StartBarProps {
  project: string;
  name: string;
  sweeping: boolean;
  starter: Starter;
}

/** Starts the run or leaves it, at the foot of the page; always in sight, with what the run lacks. */
export function StartBar({ project, name, sweeping, starter }: StartBarProps) {
  const m = useMessages();
  const { lack, block, busy, submit, swept } = starter;
  return (
    <div className={css.bar}>
      {lack.signature !== undefined && lack.names.length > 0 && (
        <span className={css.lacks}>{m.forms.lacking.title(lack.signature.name, lack.names)}</span>
      )}
      <ButtonLink to="/p/$project/functions/$name" params={{ project, name }}>
        {m.ui.cancel}
      </ButtonLink>
      {!sweeping && (
        <Button once busy={busy} disabledReason={block} onClick={() => submit("stay")}>
          {m.composer.create}
        </Button>
      )}
      <Button tone="primary" busy={busy} disabledReason={block} onClick={() => submit("open")}>
        {lack.asked ? m.composer.createAnyway : sweeping ? m.composer.sweep.create(swept) : m.composer.createOpen}
      </Button>
    </div>
  );
}
