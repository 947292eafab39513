import { lazy, Suspense, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useFormat, useMessages } from "../i18n/language.ts";
import { Button } from "../ui/button/Button.tsx";
import { Callout } from "../ui/callout/Callout.tsx";
import { readSchema } from "./dialect.ts";
import css from "./Form.module.css";
import { type FormHandle, SchemaForm, type SchemaFormProps } from "./SchemaForm.tsx";
import { useDraft } from "./use-draft.ts";

const YamlForm = lazy(async () => ({ default: (await import("./YamlForm.tsx")).YamlForm }));

interface SpecFormProps extends SchemaFormProps {
  /** Keeps what is typed: the key (drafts.ts) and what the form stands on, such as a version's id. */
  draft?: { key: string; base: string } | undefined;
}

/** A schema's form with the way over to YAML, and with a draft that is offered back. */
export function SpecForm({ draft, ref, ...props }: SpecFormProps) {
  const words = useMessages().forms;
  const format = useFormat();
  const [mode, setMode] = useState<"form" | "yaml">("form");
  const [broken, setBroken] = useState(false);
  const root = useMemo(() => readSchema(props.schema), [props.schema]);
  const drafts = useDraft(draft?.key, draft?.base ?? "", root, props.value);
  const inner = useRef<FormHandle>(null);
  const change: SchemaFormProps["onChange"] = (value) => {
    drafts.keep(value);
    props.onChange(value);
  };
  useImperativeHandle(ref, () => ({
    check: () => !broken && inner.current?.check() !== false,
    focus: (pointer) => inner.current?.focus(pointer),
  }));
  const { found } = drafts;
  return (
    <div className={css.spec}>
      {found !== undefined && (
        <Callout
          tone="info"
          title={words.draft.found(format.dateTime(new Date(found.saved).toISOString()))}
          actions={
            <>
              <Button
                size="small"
                onClick={() => {
                  change(found.value);
                  drafts.settle("restored");
                }}
              >
                {words.draft.restore}
              </Button>
              <Button size="small" tone="quiet" onClick={() => drafts.settle("discarded")}>
                {words.draft.discard}
              </Button>
            </>
          }
        >
          {found.base !== draft?.base && words.draft.other}
        </Callout>
      )}
      {drafts.full && <Callout tone="warning" title={words.draft.full} />}
      <div role="group" aria-label={words.mode} className={css.modes}>
        <Button
          size="small"
          tone="quiet"
          aria-pressed={mode === "form"}
          disabledReason={broken ? words.yamlMode.cannotSwitch : undefined}
          onClick={() => setMode("form")}
        >
          {words.form}
        </Button>
        <Button size="small" tone="quiet" aria-pressed={mode === "yaml"} onClick={() => setMode("yaml")}>
          {words.yaml}
        </Button>
      </div>
      {mode === "form" ? (
        <SchemaForm {...props} onChange={change} ref={inner} />
      ) : (
        <Suspense fallback={<p className={css.help}>{words.yaml}…</p>}>
          <YamlForm {...props} onChange={change} onBroken={setBroken} ref={inner} />
        </Suspense>
      )}
    </div>
  );
}
