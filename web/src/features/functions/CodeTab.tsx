import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { useMessages } from "../../i18n/language.ts";
import { member } from "../../lib/json.ts";
import { codeOf } from "../../lib/inline-code.ts";
import { Facts } from "../../entity/Facts.tsx";
import css from "./FunctionPage.module.css";
import type { FunctionDoc } from "./queries.ts";

/** The code of a version, to read, with what it needs. */
export function CodeTab({ doc }: { doc: FunctionDoc }) {
  const m = useMessages();
  const code = codeOf(doc.spec);
  const source = doc.spec["source"];
  const requirements = doc.spec["requirements"];
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? <code>{value}</code> : undefined);
  return (
    <div className={css.stack}>
      <Facts
        facts={[
          [m.functions.source, text(member(source, "source"))],
          [m.functions.handler, text(member(source, "handler"))],
          [m.functions.requirements, text(Array.isArray(requirements) ? requirements.join(", ") : undefined)],
        ]}
      />
      {code === undefined ? (
        <p className={css.quiet}>{m.functions.codeElsewhere}</p>
      ) : (
        <LazyEditor
          key={doc.id}
          label={m.functions.codeOf(doc.name)}
          language={code.language}
          value={code.text}
          readOnly
        />
      )}
    </div>
  );
}
