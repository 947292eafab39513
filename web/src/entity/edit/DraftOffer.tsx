import { useFormat, useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { useDraft } from "../../forms/use-draft.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";

interface DraftOfferProps {
  draft: ReturnType<typeof useDraft>;
  /** What the form stands on now. */
  base: string;
  onRestore: (value: JsonObject) => void;
}

/** Offers what was typed earlier and not saved; it is never taken unasked. */
export function DraftOffer({ draft, base, onRestore }: DraftOfferProps) {
  const { draft: words } = useMessages().forms;
  const format = useFormat();
  const { found } = draft;
  return (
    <>
      {found !== undefined && (
        <Callout
          tone="info"
          title={words.found(format.dateTime(new Date(found.saved).toISOString()))}
          actions={
            <>
              <Button
                size="small"
                onClick={() => {
                  onRestore(found.value);
                  draft.settle("restored");
                }}
              >
                {words.restore}
              </Button>
              <Button size="small" tone="quiet" onClick={() => draft.settle("discarded")}>
                {words.discard}
              </Button>
            </>
          }
        >
          {found.base !== base && words.other}
        </Callout>
      )}
      {draft.full && <Callout tone="warning" title={words.full} />}
    </>
  );
}
