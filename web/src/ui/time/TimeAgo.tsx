import { useFormat, useMessages } from "../../i18n/language.ts";
import { useNow } from "./clock.ts";

/** A moment as the time that has passed; the tooltip has it in full. */
export function TimeAgo({ at, short }: { at: string | undefined; short?: boolean | undefined }) {
  const f = useFormat();
  const m = useMessages();
  const now = useNow("minute");
  if (at === undefined || at === "") return <span>{m.ui.unknown}</span>;
  // Counted by the half minute: seconds would contradict what counts beside them.
  const recent = now - Date.parse(at) < 60_000;
  const [justNow, ago] = short === true ? [m.ui.minuteAgoShort, f.relativeShort] : [m.ui.minuteAgo, f.relative];
  return (
    <time dateTime={at} title={f.dateTimeFull(at)}>
      {recent ? justNow : ago(at, now)}
    </time>
  );
}
