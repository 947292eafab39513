import { useEffect, useRef } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { DraftState } from "../../forms/use-draft.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import css from "./Edit.module.css";
import { useAskedBack } from "./use-kept-notice.ts";

interface DraftOfferProps {
  draft: DraftState;
  /** What the form stands on now, where a draft that stood on something else is worth a word. */
  base?: string;
  onRestore: (value: JsonObject, beside: JsonObject | undefined) => void;
}

/**
 * Offers what was typed earlier and not saved; it is taken unasked only by who has just asked for it elsewhere. What
 * became of it is said where it was offered, which keeps the focus.
 */
export function DraftOffer({ draft, base, onRestore }: DraftOfferProps) {
  const { draft: words } = useMessages().forms;
  const format = useFormat();
  const { found, became } = draft;
  const place = useRef<HTMLDivElement>(null);
  const askedBack = useAskedBack(draft.key);
  const settle = (how: "restored" | "discarded") => {
    if (how === "restored" && found !== undefined) onRestore(found.value, found.beside);
    draft.settle(how);
  };
  useEffect(() => {
    if (found === undefined) return;
    if (askedBack) settle("restored");
    // A page that was scrolled before comes back so, and the offer would be out of sight.
    else place.current?.scrollIntoView({ block: "nearest" });
    // Once, when the form comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <>
      <div ref={place} role="status" tabIndex={-1} className={css.offer}>
        {found !== undefined ? (
          <Callout
            tone="info"
            title={words.found(format.dateTime(new Date(found.saved).toISOString()))}
            actions={
              <>
                <Button
                  size="small"
                  onClick={() => {
                    settle("restored");
                    place.current?.focus();
                  }}
                >
                  {words.restore}
                </Button>
                <Button
                  size="small"
                  tone="quiet"
                  onClick={() => {
                    settle("discarded");
                    place.current?.focus();
                  }}
                >
                  {words.discard}
                </Button>
              </>
            }
          >
            {base !== undefined && found.base !== base && words.other}
          </Callout>
        ) : (
          became !== undefined && <Callout tone="info" title={words[became]} />
        )}
      </div>
      {draft.full && <Callout tone="warning" title={words.full} />}
    </>
  );
}
