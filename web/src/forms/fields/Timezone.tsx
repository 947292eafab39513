import { Combobox } from "../../ui/combobox/Combobox.tsx";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { usePickers } from "../pickers.ts";

const zones = Intl.supportedValuesOf("timeZone").map((value) => ({ value }));

/** A time zone by its name, such as Europe/Rome; others than the browser knows may be typed. Empty, it shows the one that holds. */
export function Timezone(props: WidgetProps) {
  const { zone } = usePickers();
  return (
    <Combobox
      id={props.id}
      label={props.label}
      value={asText(props.value)}
      options={zones}
      placeholder={props.placeholder ?? zone ?? "UTC"}
      described={props.described}
      invalid={props.invalid}
      required={props.field.required}
      onBlur={props.onBlur}
      onInput={(typed) => props.onChange(typed === "" ? undefined : typed)}
    />
  );
}
