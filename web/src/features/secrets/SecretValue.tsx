import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { useNow } from "../../ui/time/clock.ts";
import { useToast } from "../../ui/toast/toast.ts";
import { secretChanges } from "./mutations.ts";
import css from "./Secrets.module.css";

const shownFor = 20; // seconds
const dots = "•".repeat(12); // as many for each value

/** The value of a secret: asked for by a click alone, and hidden again after a while. */
export function SecretValue({ project, id }: { project: string; id: string }) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const { mutate, reset, data, error, isPending } = useMutation(secretChanges.reveal(project, id));
  if (data === undefined) {
    return (
      <>
        <p className={css.masked}>
          <span aria-hidden="true">{dots}</span>
          <Button size="small" busy={isPending} disabledReason={blocked} onClick={() => mutate()}>
            {m.secrets.reveal}
          </Button>
        </p>
        <p className={css.help}>{m.secrets.revealHelp(shownFor)}</p>
        {error !== null && <Callout tone="error">{errorText(error)}</Callout>}
      </>
    );
  }
  const { value } = data;
  return (
    <>
      <textarea
        className={css.value}
        aria-label={m.secrets.valueShown}
        readOnly
        rows={Math.min(10, value.split("\n").length)}
        value={value}
      />
      <div className={css.tools}>
        <Button size="small" onClick={reset}>
          {m.secrets.hide}
        </Button>
        <Button
          size="small"
          onClick={() =>
            void copyText(value).then((done) =>
              toast(done ? { tone: "success", text: m.secrets.valueCopied } : { tone: "error", text: m.ui.copyFailed }),
            )
          }
        >
          {m.ui.copy(m.secrets.valueWord)}
        </Button>
        <Hides onEnd={reset} />
      </div>
    </>
  );
}

/** Counts down to the moment at which the value goes; a page that is hidden counts seldom, and by the clock. */
function Hides({ onEnd }: { onEnd: () => void }) {
  const m = useMessages();
  const [end] = useState(() => Date.now() + shownFor * 1000);
  const left = Math.max(0, Math.ceil((end - useNow("second")) / 1000));
  useEffect(() => {
    if (left === 0) onEnd();
  }, [left, onEnd]);
  return <span className={css.help}>{m.secrets.hidesIn(Math.min(left, shownFor))}</span>;
}
