import { useFormat } from "../../i18n/language.ts";
import { useNow } from "./clock.ts";

/** A moment to come as the time that is left; the tooltip has it in full. */
export function TimeUntil({ at }: { at: string }) {
  const f = useFormat();
  const now = useNow("minute");
  return (
    <time dateTime={at} title={f.dateTimeFull(at)}>
      {f.relative(at, Math.min(now, Date.parse(at)))}
    </time>
  );
}
