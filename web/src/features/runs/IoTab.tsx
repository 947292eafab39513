import { EntityLink } from "../../entity/EntityLink.tsx";
import { useMessages } from "../../i18n/language.ts";
import { isObject } from "../../lib/json.ts";
import { parseStoreKey } from "../../lib/store-key.ts";
import { Card } from "../../ui/card/Card.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { briefValue, parametersOf, type RunDoc } from "./run.ts";
import css from "./RunPage.module.css";

type Pairs = readonly (readonly [string, unknown])[];

/** The members of an object, or of a list of objects, as published clients write inputs and outputs. */
function pairsOf(value: unknown): Pairs {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => (isObject(item) ? Object.entries(item) : []));
  return isObject(value) ? Object.entries(value) : [];
}

/** What went into a run and what came out of it. */
export function IoTab({ run }: { run: RunDoc }) {
  const m = useMessages();
  const labels = m.runs.page;
  const parts: readonly (readonly [string, Pairs])[] = [
    [labels.inputs, pairsOf(run.spec.inputs)],
    [labels.parameters, Object.entries(parametersOf(run))],
    [labels.outputs, pairsOf(run.status.outputs ?? run.spec.outputs)],
    [labels.results, pairsOf(run.status.results)],
  ];
  return (
    <div className={css.grid}>
      {parts.map(([title, pairs]) => (
        <Card key={title} title={title}>
          {pairs.length === 0 ? (
            <p className={css.quiet}>{labels.none}</p>
          ) : (
            <PlainTable label={title}>
              <thead>
                <tr>
                  <th scope="col">{labels.name}</th>
                  <th scope="col">{labels.value}</th>
                </tr>
              </thead>
              <tbody>
                {pairs.map(([name, value]) => (
                  <tr key={`${name} ${briefValue(value)}`}>
                    <td>{name}</td>
                    <td data-wrap>
                      <code>
                        <Value value={value} />
                      </code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
          )}
        </Card>
      ))}
    </div>
  );
}

/** A value as text; a key leads to what it names. */
function Value({ value }: { value: unknown }) {
  const text = briefValue(value);
  const key = parseStoreKey(text);
  return key === undefined ? text : <EntityLink of={key}>{text}</EntityLink>;
}
