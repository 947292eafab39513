import { useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { equal, type Json } from "../../lib/json.ts";
import controlCss from "../Control.module.css";
import fieldCss from "../Field.module.css";
import type { WidgetProps } from "../form-context.ts";
import { readValue, writeYaml } from "../yaml-text.ts";
import { yamlProblem } from "../yaml-words.ts";
import { controlProps } from "./native.ts";

/** The box of a YAML island. While the text cannot be read, the value stays what it was and the text is kept. */
export function YamlArea(props: WidgetProps) {
  const words = useMessages().forms.yamlMode;
  const [typed, type] = useState<{ text: string; value: Json | undefined }>();
  const text = typed !== undefined && equal(typed.value, props.value) ? typed.text : write(props.value);
  const now = readValue(text);
  return (
    <>
      <textarea
        {...controlProps(props)}
        className={controlCss.area}
        data-mono
        rows={Math.min(16, Math.max(4, text.split("\n").length))}
        spellCheck={false}
        aria-invalid={"problems" in now || props.invalid || undefined}
        value={text}
        onChange={(event) => {
          const next = readValue(event.target.value);
          const value = "problems" in next ? props.value : next.value;
          type({ text: event.target.value, value });
          if (!("problems" in next)) props.onChange(value);
        }}
      />
      {"problems" in now && (
        <div className={fieldCss.error}>
          {now.problems.map((p) => (
            <p key={`${p.line}:${p.column}:${p.message}`}>{words.problem(p.line, p.column, yamlProblem(p, words))}</p>
          ))}
        </div>
      )}
    </>
  );
}

function write(value: Json | undefined): string {
  return value === undefined ? "" : writeYaml(value);
}
