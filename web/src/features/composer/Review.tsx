import { useState } from "react";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import { copyText } from "../../lib/clipboard.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./Composer.module.css";
import { asCurl, asSdk } from "./equivalents.ts";
import { type NewRun, runDocument } from "./mutations.ts";
import { changesOf } from "./spec.ts";

interface ReviewProps {
  project: string;
  name: string;
  action: string;
  run: NewRun;
  /** What the run is compared with; undefined when there was none before. */
  base: JsonObject | undefined;
  /** What that is called. */
  of: string;
}

const forms = ["json", "yaml", "sdk", "curl"] as const;
type Form = (typeof forms)[number];
type WriteYaml = (value: JsonObject) => string;

/** What will be created: what differs from the run before, the document that is sent, and how else it could be. */
export function Review({ project, name, action, run, base, of }: ReviewProps) {
  const m = useMessages();
  const words = m.composer.review;
  const [form, setForm] = useState<Form>("json");
  // The library that writes it is fetched when it is asked for.
  const [writeYaml, setWriteYaml] = useState<WriteYaml | undefined>(undefined);
  const show = async (next: Form) => {
    if (next === "yaml" && writeYaml === undefined) {
      const { writeYaml: loaded } = await import("../../forms/yaml-text.ts");
      setWriteYaml(() => loaded);
    }
    setForm(next);
  };
  const changes = base === undefined ? undefined : changesOf(base, run.spec);
  const text = {
    json: JSON.stringify(runDocument(run), null, 2),
    yaml: writeYaml?.(plainDocument(run)) ?? "",
    sdk: asSdk(project, name, action, run.spec),
    curl: asCurl(location.origin, project, run),
  }[form];
  return (
    <>
      {changes !== undefined && (
        <div role="status" className={css.changes}>
          <p>{changes.length === 0 ? words.same(of) : words.changes(changes.length, of)}</p>
          {changes.length > 0 && (
            <ul aria-label={words.changes(changes.length, of)}>
              {changes.map(({ path, before, after }) => (
                <li key={path}>
                  <code>{path}</code>
                  <span>{words.change(shown(before) ?? words.nothing, shown(after) ?? words.nothing)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <div className={css.forms} role="group" aria-label={words.forms}>
        {forms.map((each) => (
          <Button key={each} size="small" tone="quiet" aria-pressed={each === form} onClick={() => void show(each)}>
            {words[each]}
          </Button>
        ))}
        <Button size="small" tone="quiet" onClick={() => void copyText(text)}>
          {m.ui.copy(words[form])}
        </Button>
      </div>
      <LazyEditor
        key={form}
        label={words[form]}
        language={{ json: "json", yaml: "yaml", sdk: "python", curl: "text" }[form]}
        value={text}
        readOnly
      />
    </>
  );
}

function plainDocument(run: NewRun): JsonObject {
  return JSON.parse(JSON.stringify(runDocument(run))) as JsonObject;
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
