import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Combobox } from "../../ui/combobox/Combobox.tsx";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { usePickers } from "../pickers.ts";
import { Chips } from "./Chips.tsx";
import { Text } from "./Text.tsx";

/** Names of the project's secrets: never a value. One can be made in place. */
export function SecretPicker(props: WidgetProps) {
  const { secrets, createSecret } = usePickers();
  const words = useMessages().forms.picker;
  const isList = props.field.type === "list";
  if (!isList && (secrets === undefined || props.readOnly)) return <Text {...props} />;
  const add = async (make: () => Promise<string | undefined>): Promise<void> => {
    const name = await make();
    if (name === undefined) return;
    const list = Array.isArray(props.value) ? props.value : [];
    props.onChange(isList ? [...list.filter((n) => n !== name), name] : name);
  };
  const create =
    createSecret === undefined || props.readOnly ? undefined : (
      <Button size="small" onClick={() => void add(createSecret)}>
        {words.createSecret}
      </Button>
    );
  return (
    <div className={css.line}>
      {isList ? (
        <Chips {...props} options={secrets ?? []} free />
      ) : (
        <Combobox
          id={props.id}
          label={props.label}
          value={asText(props.value)}
          options={secrets ?? []}
          placeholder={props.placeholder}
          described={props.described}
          invalid={props.invalid}
          required={props.field.required}
          onBlur={props.onBlur}
          onInput={(typed) => props.onChange(typed === "" ? undefined : typed)}
        />
      )}
      {create}
    </div>
  );
}
