import { useFormat, useMessages } from "../../i18n/language.ts";
import { parseCron } from "../../forms/cron.ts";
import { cronWords } from "../../forms/cron-words.ts";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { text, zoned } from "./trigger.ts";
import css from "./Triggers.module.css";

/** When a trigger fires, in words: its schedule, or what it watches and which states of it. */
export function When({ spec }: { spec: Readonly<Record<string, unknown>> }) {
  const m = useMessages();
  const f = useFormat();
  const { prefs } = usePrefs();
  const schedule = text(spec["schedule"]);
  if (schedule === "") {
    const states: unknown[] = Array.isArray(spec["states"]) ? spec["states"] : [];
    return (
      <span>
        <code className={css.pattern}>{text(spec["key"])}</code>{" "}
        {m.triggers.entering(f.list(states.filter((state) => typeof state === "string")))}
      </span>
    );
  }
  const cron = parseCron(schedule);
  const words = "error" in cron ? schedule : cronWords(cron, m.forms.cron, f, prefs.locale);
  return <span title={schedule}>{zoned(m, words, spec)}</span>;
}
