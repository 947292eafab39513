import { Facts } from "../../entity/Facts.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import css from "./FunctionPage.module.css";
import { definition } from "./definition.ts";
import type { FunctionDoc } from "./queries.ts";

/** What a version is defined by, in short. */
export function Definition({ doc }: { doc: FunctionDoc }) {
  const m = useMessages();
  const known: Readonly<Record<string, string>> = m.functions.parts;
  const parts = definition(doc.spec);
  return (
    <Card title={m.functions.definition}>
      {parts.length === 0 ? (
        <p className={css.quiet}>{m.functions.noDefinition}</p>
      ) : (
        <Facts
          facts={parts.map(({ name, value }) => [
            (Object.hasOwn(known, name) ? known[name] : undefined) ?? name,
            <code key={name}>{value}</code>,
          ])}
        />
      )}
    </Card>
  );
}
