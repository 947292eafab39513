import { type Messages, useMessages } from "../../i18n/language.ts";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import css from "./Lineage.module.css";
import { about, PointLink, runName, When } from "./PointFace.tsx";
import type { Point, Relations } from "./relations.ts";

/** The relations of the graph in words, one a row. */
export function RelationList({ relations, points }: { relations: Relations; points: ReadonlyMap<string, Point> }) {
  const m = useMessages();
  return (
    <PlainTable label={m.lineage.list} framed stacked>
      <thead>
        <tr>
          <th scope="col">{m.lineage.what1}</th>
          <th scope="col">{m.lineage.relation}</th>
          <th scope="col">{m.lineage.what2}</th>
        </tr>
      </thead>
      <tbody>
        {relations.relations.map(({ type, left, right }) => (
          <tr key={`${type} ${left} ${right}`}>
            <td data-wrap>
              <Cell point={points.get(right)} />
            </td>
            <td data-line>{relationWord(m, type)}</td>
            <td data-wrap>
              <Cell point={points.get(left)} />
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Cell({ point }: { point: Point | undefined }) {
  const m = useMessages();
  if (point === undefined) return null;
  return (
    <span className={css.cell}>
      <PointLink point={point} />
      <span className={css.sub}>
        {about(
          m,
          point,
          point.run !== undefined && point.count === 1 ? `${m.entities.one.run} ${runName(point)}` : undefined,
        )}
        <When point={point} />
      </span>
    </span>
  );
}

function relationWord(m: Messages, type: string): string {
  const words: Readonly<Record<string, string>> = m.lineage.relations;
  return Object.hasOwn(words, type) ? (words[type] ?? type) : type;
}
