import { EntityLink } from "../../entity/EntityLink.tsx";
import { useMessages } from "../../i18n/language.ts";
import { parseStoreKey } from "../../lib/store-key.ts";

/** What started a run, by its key: the way to the trigger, or to the handle of a schedule. */
export function FiredBy({ fired }: { fired: string }) {
  const m = useMessages();
  const of = parseStoreKey(fired);
  return (
    <span title={m.runs.firedBy(fired)}>
      {of?.id === undefined ? fired : <EntityLink of={of}>{of.name}</EntityLink>}
    </span>
  );
}
