import { Link } from "@tanstack/react-router";
import { Star, X } from "lucide-react";
import { Fragment } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { bestOf, type Cell, type CompareRow, compareSections } from "./compare.ts";
import css from "./Compare.module.css";
import { type RunRow, statusEntity } from "./run.ts";

interface CompareTableProps {
  project: string;
  list: readonly RunRow[];
  rows: readonly CompareRow[];
  /** What stands there when no row is left. */
  empty: string;
  onBaseline: (id: string) => void;
  onRemove: ((id: string) => void) | undefined;
}

/** A column for each run, the baseline first; what differs from it is marked, numbers with how much. */
export function CompareTable({ project, list, rows, empty, onBaseline, onRemove }: CompareTableProps) {
  const m = useMessages();
  const v = m.runs.compareView;
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} role="region" aria-label={v.title} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.corner}>
              {v.field}
            </th>
            {list.map((run, index) => (
              <th key={run.id} scope="col">
                <span className={css.head}>
                  <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: run.id, tab: undefined }}>
                    {run.name}
                  </Link>
                  <StatusBadge state={run.status.state} entity={statusEntity(run.kind)} compact />
                  {index === 0 ? (
                    <span className={css.baseline}>
                      <Star aria-hidden="true" />
                      {v.baseline}
                    </span>
                  ) : (
                    <IconButton
                      size="small"
                      label={v.makeBaseline(run.name)}
                      icon={<Star />}
                      onClick={() => onBaseline(run.id)}
                    />
                  )}
                  {onRemove !== undefined && (
                    <IconButton
                      size="small"
                      label={v.removeRun(run.name)}
                      icon={<X />}
                      onClick={() => onRemove(run.id)}
                    />
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={list.length + 1}>{empty}</td>
            </tr>
          )}
          {compareSections.map((section) => {
            const inSection = rows.filter((row) => row.section === section);
            if (inSection.length === 0) return null;
            return (
              <Fragment key={section}>
                <tr className={css.section}>
                  <th scope="colgroup" colSpan={list.length + 1}>
                    {v.sections[section]}
                  </th>
                </tr>
                {inSection.map((row) => (
                  <Row key={row.field} row={row} ids={list.map((run) => run.id)} />
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, ids }: { row: CompareRow; ids: readonly string[] }) {
  const m = useMessages();
  const best = bestOf(row);
  const [base] = row.cells;
  return (
    <tr>
      <th scope="row">{row.field}</th>
      {row.cells.map((cell, index) => (
        <td key={ids[index]} data-differs={(index > 0 && cell?.text !== base?.text) || undefined}>
          <span>{cell?.text ?? "–"}</span>
          {index > 0 && row.section !== "parameters" && (
            <Difference cell={cell} base={base} section={row.section} field={row.field} />
          )}
          {best === index && <span className={css.best}>{m.runs.compareView.best}</span>}
        </td>
      ))}
    </tr>
  );
}

/** How much a time or a metric is more or less than the baseline's. */
function Difference({
  cell,
  base,
  section,
  field,
}: {
  cell: Cell | undefined;
  base: Cell | undefined;
  section: string;
  field: string;
}) {
  const f = useFormat();
  if (cell?.number === undefined || base?.number === undefined || cell.text === base.text) return null;
  const by = cell.number - base.number;
  const size = Math.abs(by);
  const text =
    section === "overview"
      ? f.duration(size)
      : field.endsWith("_seconds")
        ? f.duration(size * 1000)
        : field.endsWith("_bytes")
          ? f.bytes(size)
          : f.number(size);
  return <span className={css.by}>{`${by > 0 ? "+" : "−"}${text}`}</span>;
}
