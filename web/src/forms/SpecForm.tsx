import { lazy, Suspense, useImperativeHandle, useRef, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import { Button } from "../ui/button/Button.tsx";
import fieldCss from "./Field.module.css";
import formCss from "./Form.module.css";
import { type FormHandle, SchemaForm, type SchemaFormProps } from "./SchemaForm.tsx";

const YamlForm = lazy(async () => ({ default: (await import("./YamlForm.tsx")).YamlForm }));

/** A schema's form with the way over to YAML. */
export function SpecForm({ ref, ...props }: SchemaFormProps) {
  const words = useMessages().forms;
  const [mode, setMode] = useState<"form" | "yaml">("form");
  const [broken, setBroken] = useState(false);
  const inner = useRef<FormHandle>(null);
  useImperativeHandle(ref, () => ({
    check: () => !broken && inner.current?.check() !== false,
    focus: (pointer) => inner.current?.focus(pointer),
  }));
  return (
    <div className={formCss.spec}>
      <div role="group" aria-label={words.mode} className={formCss.modes}>
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
        <SchemaForm {...props} ref={inner} />
      ) : (
        <Suspense fallback={<p className={fieldCss.help}>{words.yaml}…</p>}>
          <YamlForm {...props} onBroken={setBroken} ref={inner} />
        </Suspense>
      )}
    </div>
  );
}
