import { useDeferredValue, useId, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { TextField } from "../../ui/field/TextField.tsx";
import { MatchPreview } from "./MatchPreview.tsx";
import { readKey, watchable, writeKey } from "./pattern.ts";
import { Choice } from "./Choice.tsx";
import css from "./Triggers.module.css";

interface PatternFieldProps {
  project: string;
  value: string;
  onChange: (key: string) => void;
  error?: string | undefined;
  kinds: (type: string) => readonly { kind: string; title: string }[];
}

/** What a lifecycle trigger watches: by type, kind and name, or as the key that these make; with what matches by now. */
export function PatternField({ project, value, onChange, error, kinds }: PatternFieldProps) {
  const m = useMessages();
  const t = m.triggers.pattern;
  const id = useId();
  const parts = readKey(value, project);
  const [last, setLast] = useState(parts ?? { type: "dataitem", kind: "", name: "" });
  const shown = parts ?? last;
  const change = (part: Partial<typeof last>) => {
    const next = { ...shown, ...part };
    setLast(next);
    onChange(writeKey(next, project));
  };
  const pattern = useDeferredValue(value);
  return (
    <div className={css.patternField} role="group" aria-labelledby={id}>
      <h3 id={id}>{t.title}</h3>
      <div className={css.patternParts}>
        <Choice
          label={t.type}
          value={shown.type}
          options={watchable.map((type) => ({ value: type, label: t.types[type] }))}
          onChange={(type) => change({ type, kind: "" })}
        />
        <Choice
          label={t.kind}
          value={shown.kind}
          options={[
            { value: "", label: m.ui.filter.any },
            ...kinds(shown.type).map(({ kind, title }) => ({ value: kind, label: title })),
            ...(shown.kind !== "" && !kinds(shown.type).some(({ kind }) => kind === shown.kind)
              ? [{ value: shown.kind, label: shown.kind }]
              : []),
          ]}
          onChange={(kind) => change({ kind })}
        />
        <TextField
          label={t.name}
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="*"
          value={shown.name}
          onChange={(name) => change({ name: name.replaceAll(/[/:]/g, "") })}
          help={t.nameHelp}
        />
      </div>
      <TextField
        label={t.key}
        required
        mono
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={onChange}
        error={error}
        help={parts === undefined && value !== "" ? t.keyOwn : t.keyHelp}
      />
      {value !== "" && <MatchPreview project={project} pattern={pattern} />}
    </div>
  );
}
