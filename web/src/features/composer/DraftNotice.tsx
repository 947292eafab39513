import type { Draft } from "../../forms/drafts.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";

interface DraftNoticeProps {
  found: Draft | undefined;
  full: boolean;
  onRestore: (found: Draft) => void;
  onDiscard: () => void;
}

/** Offers what was typed before and not sent, and says when the browser keeps no more. */
export function DraftNotice({ found, full, onRestore, onDiscard }: DraftNoticeProps) {
  const words = useMessages().forms.draft;
  const f = useFormat();
  return (
    <>
      {found !== undefined && (
        <Callout
          tone="info"
          title={words.found(f.dateTime(new Date(found.saved).toISOString()))}
          actions={
            <>
              <Button size="small" onClick={() => onRestore(found)}>
                {words.restore}
              </Button>
              <Button size="small" tone="quiet" onClick={onDiscard}>
                {words.discard}
              </Button>
            </>
          }
        />
      )}
      {full && <Callout tone="warning" title={words.full} />}
    </>
  );
}
