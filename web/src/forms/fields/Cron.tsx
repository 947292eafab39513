import { useEffect, useState } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { parseCron } from "../cron.ts";
import { nextTicks } from "../cron-next.ts";
import { cronWords, presets } from "../cron-words.ts";
import controlCss from "../Control.module.css";
import fieldCss from "../Field.module.css";
import css from "./Cron.module.css";
import { useForm, type WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { type Explanation, usePickers } from "../pickers.ts";
import { get, parent } from "../value.ts";
import { cronError } from "../words.ts";
import { controlProps } from "./native.ts";

/** A schedule: a preset or an expression, said in words, with the next times it comes to. */
export function Cron(props: WidgetProps) {
  const words = useMessages().forms;
  const format = useFormat();
  const { prefs } = usePrefs();
  const { zone: given } = usePickers();
  const form = useForm();
  const text = asText(props.value);
  const cron = text === "" ? undefined : parseCron(text);
  const beside = asText(get(form.value, `${parent(props.pointer)}/timezone`));
  const zone = beside !== "" ? beside : (given ?? "UTC");
  const preset = presets.find((p) => p === text);
  const explained = useExplained(
    cron === undefined || "error" in cron ? "" : text,
    beside !== "" ? beside : (given ?? ""),
  );
  const clock = (said: string) => (/TZ=|^@every/.test(text) ? said : `${said} ${words.cron.inZone(zone)}`);
  const says =
    explained !== undefined
      ? "problem" in explained
        ? explained.problem
        : clock(explained.words)
      : cron === undefined
        ? ""
        : "error" in cron
          ? cronError(cron.error, words)
          : clock(cronWords(cron, words.cron, format, prefs.locale));
  const next =
    explained !== undefined
      ? "problem" in explained
        ? undefined
        : explained.next
      : cron === undefined || "error" in cron
        ? undefined
        : ticksOf(cron, zone);
  return (
    <div className={css.cron}>
      <div className={controlCss.line}>
        <select
          className={controlCss.variant}
          aria-label={words.cron.presets}
          value={preset ?? ""}
          disabled={props.readOnly}
          onChange={(event) => {
            if (event.target.value !== "") props.onChange(event.target.value);
          }}
        >
          <option value="">{words.cron.custom}</option>
          {presets.map((p) => (
            <option key={p} value={p}>
              {presetWords(p, words.cron)}
            </option>
          ))}
        </select>
        <input
          {...controlProps(props)}
          className={controlCss.input}
          data-mono
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder ?? "0 2 * * *"}
          value={text}
          onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
        />
      </div>
      <div role="status" className={css.cronSays}>
        {says}
      </div>
      {next !== undefined && <NextTimes times={next} />}
    </div>
  );
}

/** What the server says of a schedule that can be read; undefined while it has not answered, or where nobody can be asked. */
function useExplained(text: string, zone: string): Explanation | undefined {
  const { explain } = usePickers();
  const [said, say] = useState<{ text: string; zone: string; explanation: Explanation }>();
  useEffect(() => {
    if (explain === undefined || text === "") return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      explain(text, zone, abort.signal).then(
        (explanation) => say({ text, zone, explanation }),
        () => {}, // a server that is away leaves the browser's own reading
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [explain, text, zone]);
  return said?.text === text && said.zone === zone ? said.explanation : undefined;
}

/** The next times as the browser reckons them; undefined for a zone that the field beside it will be blamed for. */
function ticksOf(cron: Parameters<typeof nextTicks>[0], zone: string): readonly string[] | undefined {
  try {
    return nextTicks(cron, Date.now(), 5, zone).map((tick) => new Date(tick).toISOString());
  } catch {
    return undefined;
  }
}

function NextTimes({ times }: { times: readonly string[] }) {
  const words = useMessages().forms.cron;
  const format = useFormat();
  if (times.length === 0) return <p className={fieldCss.help}>{words.nextNever}</p>;
  return (
    <div className={css.next}>
      <p className={fieldCss.help}>{words.next}</p>
      <ol aria-label={words.next}>
        {times.map((time) => (
          <li key={time}>{format.dateTimeFull(time)}</li>
        ))}
      </ol>
    </div>
  );
}

function presetWords(preset: (typeof presets)[number], words: ReturnType<typeof useMessages>["forms"]["cron"]): string {
  switch (preset) {
    case "@hourly":
      return words.hourly;
    case "@daily":
      return words.daily;
    case "@weekly":
      return words.weekly;
    case "@monthly":
      return words.monthly;
    case "@yearly":
      return words.yearly;
  }
}
