import { useState } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { parseCron } from "../cron.ts";
import { nextTicks } from "../cron-next.ts";
import { cronWords, presets } from "../cron-words.ts";
import css from "../Form.module.css";
import { useForm, type WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { usePickers } from "../pickers.ts";
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
  return (
    <div className={css.cron}>
      <div className={css.line}>
        <select
          className={css.variant}
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
          className={css.input}
          data-mono
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder ?? "0 2 * * *"}
          value={text}
          onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
        />
      </div>
      <div role="status" className={css.cronSays}>
        {cron !== undefined &&
          ("error" in cron ? cronError(cron.error, words) : cronWords(cron, words.cron, format, prefs.locale))}
      </div>
      {cron !== undefined && !("error" in cron) && <NextTimes cron={cron} zone={zone} />}
    </div>
  );
}

function NextTimes({ cron, zone }: { cron: Parameters<typeof nextTicks>[0]; zone: string }) {
  const words = useMessages().forms.cron;
  const format = useFormat();
  const [now] = useState(() => Date.now());
  let ticks: number[] = [];
  try {
    ticks = nextTicks(cron, now, 5, zone);
  } catch {
    return null; // a zone that the field beside it will be blamed for
  }
  if (ticks.length === 0) return <p className={css.help}>{words.nextNever}</p>;
  return (
    <div className={css.next}>
      <p className={css.help}>{words.next}</p>
      <ol>
        {ticks.map((tick) => (
          <li key={tick}>{format.dateTimeFull(new Date(tick).toISOString())}</li>
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
