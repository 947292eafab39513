import { lazy, type ReactNode, Suspense, useEffect, useId, useMemo, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { isObject, type Json, member } from "../../lib/json.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { get } from "../../forms/value.ts";
import { asValue, type EntityDocument, type MergedPath, mergedPaths, mergeInto } from "./document.ts";
import css from "./Edit.module.css";
import { type Places, placeTitles } from "./places.ts";
import { isCode, shownText } from "./text.ts";

const DiffView = lazy(async () => ({ default: (await import("../../code/DiffView.tsx")).DiffView }));

/** A document, and how its version is called. */
interface Side {
  version: string;
  document: EntityDocument;
}

interface ConflictProps {
  base: Side;
  mine: EntityDocument;
  theirs: Side;
  /** Where the places of the document have their titles from. */
  places?: Places | undefined;
  onMerged: (merged: EntityDocument) => void;
}

const noPlaces: Places = {};

/**
 * What somebody else saved while I was editing, beside what I changed: places that only one of us changed are taken,
 * of the others I choose. Nothing is saved by it. It takes the place of the form, and the focus with it.
 */
export function Conflict({ base, mine, theirs, places = noPlaces, onMerged }: ConflictProps) {
  const m = useMessages();
  const toast = useToast();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    return focusAround;
  }, []);
  const titleAt = useMemo(() => placeTitles(m, places), [m, places]);
  const paths = mergedPaths(base.document, mine, theirs.document);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const choose = (pointer: string, theirs: boolean) => {
    const next = new Set(taken);
    if (theirs) next.add(pointer);
    else next.delete(pointer);
    setTaken(next);
  };
  const both = paths.filter(({ conflict }) => conflict).length;
  const go = (merged: EntityDocument, said: string) => {
    onMerged(merged);
    toast({ tone: "info", text: said });
  };
  return (
    <section className={css.card} aria-labelledby={id}>
      <h2 ref={heading} id={id} tabIndex={-1} aria-describedby={`${id}-help`}>
        {m.editor.conflict.title}
      </h2>
      <Callout tone="warning">
        <span id={`${id}-help`}>{m.editor.conflict.help(theirs.version, both)}</span>
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
              <PathRow
                key={path.pointer}
                path={path}
                title={titleAt(path.pointer)}
                language={languageAt(mine, path.pointer)}
                names={[base.version, theirs.version]}
                taken={taken.has(path.pointer)}
                onChoose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.barActions}>
        <Button onClick={() => go(theirs.document, m.editor.conflict.tookTheirs)}>
          {m.editor.conflict.takeTheirs}
        </Button>
        <Button
          tone="primary"
          onClick={() => go(mergeInto(theirs.document, paths, taken), m.editor.conflict.inTheForm)}
        >
          {m.editor.conflict.go}
        </Button>
      </div>
    </section>
  );
}

/** What holds the form that comes back: its dialog, else its page. */
function focusAround(): void {
  const dialogs = document.querySelectorAll<HTMLElement>("[role=dialog][data-state=open]");
  const around = [...dialogs].at(-1) ?? document.querySelector<HTMLElement>("[data-page-title]");
  around?.focus();
}

/** The language of code, as what holds it says. */
function languageAt(document: EntityDocument, pointer: string): string {
  const holder = get(asValue(document), pointer.replace(/\/[^/]*$/, ""));
  const lang = isObject(holder) ? member(holder, "lang") : undefined;
  return typeof lang === "string" ? lang : "text";
}

interface PathRowProps {
  path: MergedPath;
  title: string;
  language: string;
  /** What the version that I began with and theirs are called. */
  names: readonly [base: string, theirs: string];
  taken: boolean;
  onChoose: (pointer: string, theirs: boolean) => void;
}

function PathRow({ path, title, language, names, taken, onChoose }: PathRowProps) {
  const m = useMessages();
  const words = m.editor.conflict;
  const { pointer, base, mine, theirs, conflict } = path;
  const cell = (value: Json | undefined) =>
    value === undefined ? <span className={css.quiet}>{words.nothing}</span> : <pre>{shownText(pointer, value)}</pre>;
  const choice = (label: string, isTheirs: boolean) =>
    conflict && (
      <label className={css.choice}>
        <input
          type="radio"
          name={pointer}
          checked={taken === isTheirs}
          onChange={() => onChoose(pointer, isTheirs)}
          aria-label={`${title}: ${label}`}
        />
        {label}
      </label>
    );
  const head = (
    <th scope="row">
      {title}
      <p className={css.quiet}>
        <code>{pointer}</code>
      </p>
    </th>
  );
  const [was = "", my = "", their = ""] = [base, mine, theirs].map((value) =>
    value === undefined ? "" : shownText(pointer, value),
  );
  if (
    [base, mine, theirs].every((value) => value === undefined || typeof value === "string") &&
    isCode(was, my, their)
  ) {
    const side = (label: string, now: string, name: string, chosen: ReactNode) =>
      (now !== was || conflict) && (
        <div className={css.codeSide}>
          {chosen === false ? <p className={css.quiet}>{label}</p> : chosen}
          <Suspense fallback={<SkeletonRows rows={4} />}>
            <DiffView
              before={was}
              after={now}
              names={[`${title}, ${names[0]}`, `${title}, ${name}`]}
              language={language}
              layout="unified"
            />
          </Suspense>
        </div>
      );
    return (
      <tr data-conflict={conflict || undefined}>
        {head}
        <td colSpan={3}>
          {side(words.mine, my, words.mine, choice(words.keepMine, false))}
          {side(words.theirs(names[1]), their, names[1], choice(words.keepTheirs, true))}
        </td>
      </tr>
    );
  }
  return (
    <tr data-conflict={conflict || undefined}>
      {head}
      <td>{cell(base)}</td>
      <td>
        {choice(words.keepMine, false)}
        {cell(mine)}
      </td>
      <td>
        {choice(words.keepTheirs, true)}
        {cell(theirs)}
      </td>
    </tr>
  );
}
