import type { Json } from "../../lib/json.ts";
import { useMessages } from "../../i18n/language.ts";
import { useState } from "react";
import controlCss from "../Control.module.css";
import fieldCss from "../Field.module.css";
import type { WidgetProps } from "../form-context.ts";
import { controlProps } from "./native.ts";

function read(text: string): { value: Json | undefined } | { error: string } {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch (e) {
    return { error: e instanceof Error ? e.message : String(e) };
  }
}

/** A value as JSON. While it cannot be read, the value stays what it was and the text is kept. */
export function JsonIsland(props: WidgetProps) {
  const words = useMessages().forms.json;
  const written = props.value === undefined ? "" : JSON.stringify(props.value, null, 2);
  const [typed, type] = useState<{ text: string; for: string }>();
  const text = typed?.for === written ? typed.text : written;
  const now = read(text);
  return (
    <>
      <textarea
        {...controlProps(props)}
        className={controlCss.area}
        data-mono
        rows={Math.min(16, Math.max(3, text.split("\n").length))}
        spellCheck={false}
        aria-invalid={"error" in now || props.invalid || undefined}
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => {
          const next = read(event.target.value);
          const after = "error" in next ? props.value : next.value;
          type({ text: event.target.value, for: after === undefined ? "" : JSON.stringify(after, null, 2) });
          if (!("error" in next)) props.onChange(next.value);
        }}
      />
      {"error" in now && <p className={fieldCss.error}>{words.invalid(now.error)}</p>}
    </>
  );
}
