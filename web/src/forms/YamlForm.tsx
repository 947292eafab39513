import { useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { Mark } from "../code/props.ts";
import { useFormat, useMessages } from "../i18n/language.ts";
import { equal } from "../lib/json.ts";
import { readSchema } from "./dialect.ts";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { focusField } from "./focus.ts";
import fieldCss from "./Field.module.css";
import formCss from "./Form.module.css";
import { readHints } from "./hints.ts";
import { LazyEditor } from "./LazyEditor.tsx";
import type { SchemaFormProps } from "./SchemaForm.tsx";
import { placeholdersAt } from "./placeholders.ts";
import { type Placeholder, usePickers } from "./pickers.ts";
import { useProblems } from "./use-problems.ts";
import { problemText } from "./words.ts";
import { yamlProblem } from "./yaml-words.ts";
import { completions, readYaml, writeYaml } from "./yaml-text.ts";

interface YamlFormProps extends SchemaFormProps {
  /** Whether the text cannot be read, so that the value is not what is shown. */
  onBroken: (broken: boolean) => void;
}

const nothing: readonly string[] = [];
const none: readonly Placeholder[] = [];

/** The value of a form as YAML, with the schema's completion and its rules as remarks at the lines. */
export function YamlForm({ ref, ...props }: YamlFormProps) {
  const { schema, uiSchema, value, omit = nothing, errors } = props;
  const words = useMessages().forms;
  const format = useFormat();
  const pickers = usePickers();
  const id = useId();
  const root = useMemo(() => readSchema(schema), [schema]);
  const hints = useMemo(() => readHints(uiSchema), [uiSchema]);
  const problems = useProblems(root, hints, value, errors, props.base ?? "", omit);
  const summary = useRef<HTMLDivElement>(null);
  const [typed, type] = useState({ text: writeYaml(value, root, hints), value });
  // What was typed stays as it was typed for as long as it means the value.
  const text = equal(typed.value, value) ? typed.text : writeYaml(value, root, hints);
  const reading = useMemo(() => readYaml(text), [text]);
  const marks = useMemo((): Mark[] => {
    if ("problems" in reading) {
      return reading.problems.map((p) => ({
        line: p.line,
        message: yamlProblem(p, words.yamlMode),
        severity: "error",
      }));
    }
    const found = [...problems.all, ...problems.shown.map((s) => s.problem).filter((p) => p.rule === "server")];
    return found.map((p) => ({
      line: reading.lineOf(p.pointer) ?? 1,
      message: problemText(p, words, format),
      severity: "error",
    }));
  }, [reading, problems.all, problems.shown, words, format]);
  useEffect(() => {
    if (errors !== undefined && errors.length > 0) summary.current?.focus();
  }, [errors]);
  const broken = "problems" in reading;
  const { onBroken } = props;
  // Not only what is typed: a value that came from elsewhere has taken the place of a broken text.
  useEffect(() => onBroken(broken), [broken, onBroken]);
  useImperativeHandle(ref, () => ({
    check: () => {
      if ("problems" in reading) return false;
      if (problems.all.length === 0) return true;
      problems.reveal();
      setTimeout(() => summary.current?.focus());
      return false;
    },
    focus: () => focusField(id, ""),
  }));
  return (
    <div className={formCss.form}>
      <ErrorSummary
        ref={summary}
        shown={problems.revealed || (errors?.length ?? 0) > 0 ? problems.shown : []}
        onGo={() => focusField(id, "")}
      />
      <LazyEditor
        id={id}
        label={`${props.label}, YAML`}
        language="yaml"
        value={text}
        described={`${id}--hint`}
        invalid={"problems" in reading}
        marks={marks}
        complete={(at, offset) =>
          placeholdersAt(at, offset, pickers.placeholders ?? none) ?? completions(at, offset, root)
        }
        onChange={(next) => {
          const read = readYaml(next);
          type({ text: next, value: "problems" in read ? value : read.value });
          if (!("problems" in read)) props.onChange(read.value);
        }}
      />
      {"problems" in reading && (
        <div role="alert" className={fieldCss.error}>
          {reading.problems.map((p) => (
            <p key={`${p.line}:${p.column}:${p.message}`}>
              {words.yamlMode.problem(p.line, p.column, yamlProblem(p, words.yamlMode))}
            </p>
          ))}
        </div>
      )}
      <p id={`${id}--hint`} className={fieldCss.help}>
        {words.yamlMode.hint}
      </p>
    </div>
  );
}
