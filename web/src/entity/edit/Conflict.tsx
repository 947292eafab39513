import { useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import type { Json } from "../../lib/json.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { type EntityDocument, type MergedPath, mergedPaths, mergeInto } from "./document.ts";
import css from "./Edit.module.css";
import { shownText } from "./text.ts";

/** A document, and how its version is called. */
interface Side {
  version: string;
  document: EntityDocument;
}

interface ConflictProps {
  base: Side;
  mine: EntityDocument;
  theirs: Side;
  onMerged: (merged: EntityDocument) => void;
}

/**
 * What somebody else saved while I was editing, beside what I changed: places that only one of us changed are taken,
 * of the others I choose. Nothing is saved by it.
 */
export function Conflict({ base, mine, theirs, onMerged }: ConflictProps) {
  const m = useMessages();
  const paths = mergedPaths(base.document, mine, theirs.document);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const choose = (pointer: string, theirs: boolean) => {
    const next = new Set(taken);
    if (theirs) next.add(pointer);
    else next.delete(pointer);
    setTaken(next);
  };
  const both = paths.filter(({ conflict }) => conflict).length;
  return (
    <section className={css.card} aria-label={m.editor.conflict.title}>
      <Callout tone="warning" title={m.editor.conflict.title}>
        {m.editor.conflict.help(theirs.version, both)}
      </Callout>
      <div className={css.wide}>
        <table className={css.table} aria-label={m.editor.conflict.differences}>
          <thead>
            <tr>
              <th scope="col">{m.editor.conflict.place}</th>
              <th scope="col">{m.editor.conflict.was(base.version)}</th>
              <th scope="col">{m.editor.conflict.mine}</th>
              <th scope="col">{m.editor.conflict.theirs(theirs.version)}</th>
            </tr>
          </thead>
          <tbody>
            {paths.map((path) => (
              <PathRow key={path.pointer} path={path} taken={taken.has(path.pointer)} onChoose={choose} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.barActions}>
        <Button onClick={() => onMerged(theirs.document)}>{m.editor.conflict.takeTheirs}</Button>
        <Button tone="primary" onClick={() => onMerged(mergeInto(theirs.document, paths, taken))}>
          {m.editor.conflict.go}
        </Button>
      </div>
    </section>
  );
}

interface PathRowProps {
  path: MergedPath;
  taken: boolean;
  onChoose: (pointer: string, theirs: boolean) => void;
}

function PathRow({ path, taken, onChoose }: PathRowProps) {
  const m = useMessages();
  const { pointer, base, mine, theirs, conflict } = path;
  const cell = (value: Json | undefined) =>
    value === undefined ? (
      <span className={css.quiet}>{m.editor.conflict.nothing}</span>
    ) : (
      <pre>{shownText(pointer, value)}</pre>
    );
  const choice = (label: string, isTheirs: boolean) => (
    <label className={css.choice}>
      <input
        type="radio"
        name={pointer}
        checked={taken === isTheirs}
        onChange={() => onChoose(pointer, isTheirs)}
        aria-label={`${pointer}: ${label}`}
      />
      {label}
    </label>
  );
  return (
    <tr data-conflict={conflict || undefined}>
      <th scope="row">
        <code>{pointer}</code>
      </th>
      <td>{cell(base)}</td>
      <td>
        {conflict && choice(m.editor.conflict.keepMine, false)}
        {cell(mine)}
      </td>
      <td>
        {conflict && choice(m.editor.conflict.keepTheirs, true)}
        {cell(theirs)}
      </td>
    </tr>
  );
}
