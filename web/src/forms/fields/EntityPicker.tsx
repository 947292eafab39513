import { useEffect, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Combobox } from "../../ui/combobox/Combobox.tsx";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { type Existence, usePickers } from "../pickers.ts";
import { Text } from "./Text.tsx";

type Checked = { key: string; found: Existence | "failed" };

/** The key of an entity, found by its name, with a word on whether it is there. */
export function EntityPicker(props: WidgetProps) {
  const { entities, exists } = usePickers();
  const words = useMessages().forms.picker;
  const key = asText(props.value);
  const [checked, setChecked] = useState<Checked>();
  const complete = /^store:\/\/[^/]+\/.+/.test(key) && !key.includes("*") && !key.includes("{{");
  useEffect(() => {
    if (exists === undefined || !complete) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      exists(key, abort.signal)
        .then((found) => setChecked({ key, found }))
        .catch(() => {
          if (!abort.signal.aborted) setChecked({ key, found: "failed" });
        });
    }, 300);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, exists, complete]);
  const found = complete && checked?.key === key ? checked.found : undefined;
  const says = found === undefined || found === "failed" ? "" : found.exists ? words.exists(found.note) : words.missing;
  if (entities === undefined || props.readOnly) return <Text {...props} />;
  return (
    <>
      <Combobox
        id={props.id}
        label={props.label}
        value={key}
        options={entities(props.hint.entity ?? { types: [] })}
        placeholder={props.placeholder ?? "store://"}
        described={props.described}
        invalid={props.invalid}
        required={props.field.required}
        onBlur={props.onBlur}
        onInput={(typed) => props.onChange(typed === "" ? undefined : typed)}
      />
      <p role="status" className={css.checked} data-missing={(typeof found === "object" && !found.exists) || undefined}>
        {says}
      </p>
    </>
  );
}
