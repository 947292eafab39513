import { RotateCcw, X } from "lucide-react";
import { useId } from "react";
import { useFormat, useMessages } from "../../../i18n/language.ts";
import { useWriteBlock } from "../../../live/state.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { Callout } from "../../../ui/callout/Callout.tsx";
import { shareOf, type Upload, type UploadFailure } from "./list.ts";
import css from "./Upload.module.css";
import { cancelUpload, retryUpload } from "./uploads.ts";

/** How far an upload is; one that stopped says why, and goes on from there. */
export function UploadCard({ upload }: { upload: Upload }) {
  const m = useMessages();
  const words = m.materials.uploads;
  const f = useFormat();
  const id = useId();
  const blocked = useWriteBlock();
  const { phase, failure } = upload;
  if (phase === "done") return null;
  const actions = (
    <>
      {phase === "failed" && (
        <Button size="small" icon={<RotateCcw />} disabledReason={blocked} onClick={() => retryUpload(upload.id)}>
          {m.ui.retry}
        </Button>
      )}
      <Button
        size="small"
        tone="quiet"
        icon={<X />}
        disabledReason={blocked}
        onClick={() => void cancelUpload(upload.id, words.cancelled)}
      >
        {words.cancel}
      </Button>
    </>
  );
  return (
    <section className={css.card} aria-label={words.progressOf(upload.name)}>
      <div className={css.line}>
        <span id={id}>{phase === "finishing" ? words.finishing : words.sending(upload.name)}</span>
        <span className={css.quiet}>
          {`${f.bytes(upload.sent)} / ${f.bytes(upload.bytes)} · ${f.percent(Math.floor(shareOf(upload) * 100) / 100)}`}
        </span>
        {phase === "sending" && <span className={css.actions}>{actions}</span>}
      </div>
      <progress className={css.progress} aria-labelledby={id} value={shareOf(upload)} max={1} />
      {phase === "failed" && failure !== undefined ? (
        <Callout tone="error" title={reasonOf(failure, words)} actions={actions}>
          {failure.elsewhere !== undefined
            ? words.elsewhere(failure.elsewhere)
            : failure.message === ""
              ? words.noAnswer
              : failure.message}
        </Callout>
      ) : (
        <p className={css.quiet}>{words.stayOpen}</p>
      )}
    </section>
  );
}

function reasonOf(
  { file, part, parts }: UploadFailure,
  words: ReturnType<typeof useMessages>["materials"]["uploads"],
): string {
  if (file === undefined) return words.failedFinishing;
  return part === undefined || parts === undefined ? words.failedFile(file) : words.failedPart(file, part, parts);
}
