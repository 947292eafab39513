import { useFormat, useMessages } from "../../i18n/language.ts";
import { useNow } from "./clock.ts";

/** A moment as the time that has passed; the tooltip has it in full. */
export function TimeAgo({ at, short }: { at: string | undefined; short?: boolean | undefined }) {
  const f = useFormat();
  const m = useMessages();
  const now = useNow("minute");
  if (at === undefined || at === "") return <span>{m.ui.unknown}</span>;
  return (
    <time dateTime={at} title={f.dateTimeFull(at)}>
      {short === true
        ? f.relativeShort(at, Math.max(now, Date.parse(at)))
        : f.relative(at, Math.max(now, Date.parse(at)))}
    </time>
  );
}
