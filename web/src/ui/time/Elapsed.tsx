import { useFormat } from "../../i18n/language.ts";
import { useNow } from "./clock.ts";

/** The time since a moment, counting. */
export function Elapsed({ since }: { since: string }) {
  const f = useFormat();
  const now = useNow("second");
  // Whole seconds: tenths that stand still for a second look broken.
  const passed = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  return <span>{passed < 10 ? `${passed}s` : f.duration(passed * 1000)}</span>;
}
