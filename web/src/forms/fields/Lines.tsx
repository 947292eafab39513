import { useMessages } from "../../i18n/language.ts";
import type { Json } from "../../lib/json.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { controlProps, useTyped } from "./native.ts";

function readLines(text: string): Json | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.length === 0 ? undefined : lines;
}

function writeLines(value: Json | undefined): string {
  return Array.isArray(value) ? value.map(asText).join("\n") : asText(value);
}

/** A list of texts, one in a line, such as requirements. */
export function Lines(props: WidgetProps) {
  const words = useMessages().forms;
  const [text, type] = useTyped(props.value, writeLines, readLines);
  return (
    <textarea
      {...controlProps(props)}
      className={css.area}
      data-mono
      rows={Math.min(12, Math.max(3, text.split("\n").length))}
      spellCheck={false}
      placeholder={props.placeholder ?? words.linesHelp}
      value={text}
      onChange={(event) => props.onChange(type(event.target.value))}
    />
  );
}
