import { FileUp, Maximize2 } from "lucide-react";
import { useRef, useState } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { decodeBytes, decodeText, encodeText } from "../../lib/base64.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { LazyEditor } from "../LazyEditor.tsx";
import controlCss from "../Control.module.css";
import fieldCss from "../Field.module.css";
import css from "./Code.module.css";
import { useForm, type WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { child, get, parent, parts } from "../value.ts";
import { fieldOf } from "../walk.ts";

/** Code as text, whatever it is kept as: base64 goes in and out by its UTF-8, byte for byte. */
export function Code(props: WidgetProps) {
  const { field, value, label } = props;
  const words = useMessages().forms.code;
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [refused, refuse] = useState<string>();
  const language = useLanguage(props);
  const base64 = field.type === "text" && field.base64;
  const raw = asText(value);
  const text = base64 ? decodeText(raw) : raw;
  const change = (next: string): void => props.onChange(next === "" ? undefined : base64 ? encodeText(next) : next);
  const fill = async (from: File | undefined): Promise<void> => {
    if (from === undefined) return;
    try {
      change(new TextDecoder("utf-8", { fatal: true }).decode(await from.arrayBuffer()));
      refuse(undefined);
    } catch {
      refuse(words.notText(from.name));
    }
  };
  if (text === undefined) {
    return (
      <div className={controlCss.line}>
        <p id={props.id} tabIndex={-1} className={fieldCss.help}>
          {words.bytes(format.bytes(decodeBytes(raw)?.length ?? raw.length))}
        </p>
        {!props.readOnly && <Button onClick={() => props.onChange(undefined)}>{words.replace}</Button>}
      </div>
    );
  }
  return (
    <div
      ref={box}
      className={css.code}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [dropped] = event.dataTransfer.files;
        if (dropped === undefined || props.readOnly) return;
        event.preventDefault();
        void fill(dropped);
      }}
    >
      <div className={css.codeTools}>
        <span className={fieldCss.help}>{language}</span>
        {!props.readOnly && (
          <>
            <input
              ref={file}
              type="file"
              aria-label={words.fill}
              tabIndex={-1}
              hidden
              onChange={(event) => void fill(event.target.files?.[0])}
            />
            <IconButton label={words.fill} icon={<FileUp />} size="small" onClick={() => file.current?.click()} />
          </>
        )}
        <IconButton
          label={words.full}
          icon={<Maximize2 />}
          size="small"
          onClick={() => void box.current?.requestFullscreen()}
        />
      </div>
      <LazyEditor
        id={props.id}
        label={label}
        described={props.described}
        invalid={props.invalid}
        value={text}
        language={language}
        readOnly={props.readOnly}
        onChange={change}
        onBlur={props.onBlur}
      />
      {refused !== undefined && (
        <p role="alert" className={fieldCss.error}>
          {refused}
        </p>
      )}
    </div>
  );
}

/** The language: as the hint names it, or as the field beside it says; else by the name of the file beside it. */
function useLanguage({ hint, pointer }: WidgetProps): string {
  const form = useForm();
  const { lang } = hint;
  if (lang === undefined || !lang.startsWith("/")) return lang ?? "text";
  const beside = child(parent(pointer), lang.slice(1));
  const said = get(form.value, beside);
  if (typeof said === "string" && said !== "") return said;
  const name = asText(get(form.value, child(parent(pointer), "source")));
  const extension = { py: "python", yaml: "yaml", yml: "yaml", json: "json", sql: "sql" }[name.split(".").at(-1) ?? ""];
  if (extension !== undefined) return extension;
  const field = fieldOf(form.root, parts(beside));
  const only = field?.type === "choice" && field.options.length === 1 ? field.options[0]?.value : field?.default;
  return typeof only === "string" ? only : "text";
}
