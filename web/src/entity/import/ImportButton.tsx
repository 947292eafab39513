import { FileUp } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";

const ImportDialog = lazy(async () => ({ default: (await import("./ImportDialog.tsx")).ImportDialog }));

/** IMPORT: opens the dialog, which comes when it is asked for. */
export function ImportButton({ project }: { project: string }) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileUp />} disabledReason={blocked} onClick={() => setOpen(true)}>
        {m.imports.action}
      </Button>
      {open && (
        <Suspense>
          <ImportDialog project={project} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
