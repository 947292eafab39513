import { placeOf } from "../../entity/place.ts";
import { RowLink } from "../../entity/RowLink.tsx";
import { useMessages } from "../../i18n/language.ts";
import { parseStoreKey } from "../../lib/store-key.ts";

/** What started a run, by its key: the way to the trigger, or to the handle of a schedule. */
export function FiredBy({ fired }: { fired: string }) {
  const m = useMessages();
  const of = parseStoreKey(fired);
  const place = of === undefined ? undefined : placeOf(of);
  const name = of?.id === undefined ? fired : of.name;
  return (
    <span title={m.runs.firedBy(fired)}>
      {of?.id === undefined || place === undefined ? name : <RowLink place={place}>{name}</RowLink>}
    </span>
  );
}
