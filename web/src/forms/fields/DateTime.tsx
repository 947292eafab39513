import { usePrefs } from "../../ui/prefs/prefs.ts";
import { boxOf, momentOf } from "../moment.ts";
import { asText } from "../pairs.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { controlProps } from "./native.ts";
import { Text } from "./Text.tsx";

/** A moment, chosen in the time zone that the person reads times in, kept in UTC. What is none is shown as text. */
export function DateTime(props: WidgetProps) {
  const { prefs } = usePrefs();
  const text = asText(props.value);
  const box = boxOf(text, prefs.zone);
  if (box === undefined) return <Text {...props} />;
  return (
    <input
      {...controlProps(props)}
      className={css.input}
      type="datetime-local"
      value={box}
      onChange={(event) => props.onChange(momentOf(event.target.value, prefs.zone))}
    />
  );
}
