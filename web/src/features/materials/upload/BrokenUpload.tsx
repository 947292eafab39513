import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { errorText } from "../../../api/error.ts";
import { useMessages } from "../../../i18n/language.ts";
import { useWriteBlock } from "../../../live/state.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { Callout } from "../../../ui/callout/Callout.tsx";
import type { Material, MaterialDoc } from "../material.ts";
import { type ChosenFile, filesOf } from "./chosen.ts";
import css from "./Upload.module.css";
import { uploadAgain } from "./uploads.ts";

interface BrokenUploadProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
}

/** A version whose files never all arrived, and the way to send them again. */
export function BrokenUpload({ project, material, doc }: BrokenUploadProps) {
  const m = useMessages();
  const words = m.materials.uploads;
  const blocked = useWriteBlock();
  const input = useRef<HTMLInputElement>(null);
  const again = useMutation({ mutationFn: (files: ChosenFile[]) => uploadAgain(project, material, doc, files) });
  return (
    <Callout
      tone="warning"
      title={words.broken}
      actions={
        <Button size="small" busy={again.isPending} disabledReason={blocked} onClick={() => input.current?.click()}>
          {words.again}
        </Button>
      }
    >
      <p>{again.error === null ? words.brokenHelp : errorText(again.error)}</p>
      <input
        ref={input}
        type="file"
        multiple
        aria-label={words.files}
        tabIndex={-1}
        className={css.hidden}
        onChange={(event) => {
          const files = filesOf(event.target.files);
          if (files.length > 0) again.mutate(files);
        }}
      />
    </Callout>
  );
}
