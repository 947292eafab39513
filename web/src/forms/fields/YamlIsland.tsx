import { useMessages } from "../../i18n/language.ts";
import type { Json } from "../../lib/json.ts";
import { lazy, Suspense } from "react";
import controlCss from "../Control.module.css";
import fieldCss from "../Field.module.css";
import formCss from "../Form.module.css";
import css from "./YamlIsland.module.css";
import type { WidgetProps } from "../form-context.ts";
import { controlProps } from "./native.ts";

// YAML is read and written by a library that no form needs before it has an island.
const YamlArea = lazy(async () => ({ default: (await import("./YamlArea.tsx")).YamlArea }));

/** A value that the form has no fields for, as YAML beside what its schema expects: no field is dead. */
export function YamlIsland(props: WidgetProps) {
  const words = useMessages().forms.yamlMode;
  const { field } = props;
  const schema: Json = field.type === "island" ? field.schema : field.ui;
  return (
    <div className={css.island} data-island={field.type === "island" ? field.reason : undefined}>
      <Suspense fallback={<textarea {...controlProps(props)} className={controlCss.area} rows={4} readOnly value="" />}>
        <YamlArea {...props} />
      </Suspense>
      <p className={fieldCss.help}>{words.island}</p>
      <details className={formCss.fold}>
        <summary className={formCss.summary}>{words.schema}</summary>
        <pre className={css.schema}>{JSON.stringify(schema, null, 2)}</pre>
      </details>
    </div>
  );
}
