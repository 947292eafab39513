import { codeOf } from "../../lib/inline-code.ts";
import { Facts } from "../../entity/Facts.tsx";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { useMessages } from "../../i18n/language.ts";
import { member } from "../../lib/json.ts";
import type { RunDoc } from "./run.ts";
import css from "./RunPage.module.css";

/** The code that the run executed. */
export function CodeTab({ run }: { run: RunDoc }) {
  const m = useMessages();
  const labels = m.runs.page;
  const code = codeOf(run.spec);
  const source = run.spec["source"];
  const facts = (["source", "handler"] as const).flatMap((name) => {
    const value = member(source, name);
    return typeof value === "string" ? [[labels[name], <code key={name}>{value}</code>] as const] : [];
  });
  return (
    <div className={css.stack}>
      {facts.length > 0 && <Facts facts={facts} />}
      {code === undefined ? (
        <p className={css.quiet}>{labels.noCode}</p>
      ) : (
        <LazyEditor label={labels.code} language={code.language} value={code.text} readOnly />
      )}
    </div>
  );
}
