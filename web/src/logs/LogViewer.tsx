import { useEffect, useMemo, useRef, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import { useShortcuts } from "../ui/keys/use-shortcuts.ts";
import { useMedia } from "../ui/media/use-media.ts";
import { usePrefs } from "../ui/prefs/prefs.ts";
import { Tabs } from "../ui/tabs/Tabs.tsx";
import type { Book } from "./book.ts";
import { LogText, type LogTextHandle } from "./LogText.tsx";
import { LogTools } from "./LogTools.tsx";
import css from "./Logs.module.css";
import { firstFrom, readQuery } from "./search.ts";
import type { Follow } from "./stream.ts";
import { isWide, makeClock } from "./times.ts";
import { useLog } from "./use-log.ts";
import { useSearch } from "./use-search.ts";

export interface LogViewerProps {
  containers: readonly { id: string; label: string }[];
  container: string;
  onContainer: (id: string) => void;
  /** The stream of the container shown: live/stream.ts with its address. Must stay the same function meanwhile. */
  follow: Follow;
  /** Where its bytes are, as they are. */
  downloadHref: string;
  /** The line that the address names (#L120). */
  line?: number | undefined;
  /** Absent where no address leads to a line. */
  lineHref: ((line: number) => string) | undefined;
  onLine: (line: number) => void;
  /** When the run was started, from which the times of its lines are counted; that of its first line if absent. */
  start?: string | undefined;
  /** It stands beside another log: keys go to that one, and what it has is named by the log. */
  second?: boolean | undefined;
}

/** The log of a run: live, searchable, linkable, however long (console.md 6.4.6). */
export function LogViewer(props: LogViewerProps) {
  const { containers, container, onContainer } = props;
  const words = useMessages().logs;
  // Another container is another view: what was typed and scrolled was about this one.
  const pane = <LogPane key={container} {...props} />;
  if (containers.length < 2) return <div className={css.viewer}>{pane}</div>;
  return (
    <div className={css.viewer}>
      <Tabs label={words.containers} tabs={containers} value={container} onChange={onContainer}>
        {pane}
      </Tabs>
    </div>
  );
}

const none = {};

function LogPane({
  containers,
  container,
  follow,
  downloadHref,
  line,
  lineHref,
  onLine,
  start,
  second,
}: LogViewerProps) {
  const words = useMessages().logs;
  const { book, state, version } = useLog(follow);
  const [following, setFollowing] = useState(line === undefined);
  const [paused, setPaused] = useState(0);
  const narrow = useMedia("(width < 480px)"); // where a line that does not wrap says little
  const [wrapped, setWrap] = useState<boolean>();
  const wrap = wrapped ?? narrow;
  const [errorsOnly, setErrorsOnly] = useState(false);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(-1);
  const text = useRef<LogTextHandle>(null);
  const query = useMemo(() => readQuery(typed), [typed]);
  const { matches, is: search } = useSearch(book, version, query);
  const only = useErrors(book, version, errorsOnly);
  const shownMatches = useMemo(() => {
    if (only === undefined) return matches;
    const rows = new Set(only);
    return matches.filter((m) => rows.has(m.row));
  }, [matches, only]);
  const { prefs, change } = usePrefs();
  const { zone, logTimes } = prefs;
  const { span } = book.times;
  const counted = Date.parse(start ?? "") || (span?.[0] ?? 0);
  const wide = span !== undefined && isWide(logTimes, zone, span, counted);
  const clock = useMemo(() => makeClock(logTimes, zone, wide, counted), [logTimes, zone, wide, counted]);
  const current = at < 0 ? undefined : shownMatches[at];

  const pauseOrFollow = (next: boolean): void => {
    if (!next) setPaused(book.lines);
    setFollowing(next);
  };
  // Asked for before anything was found: it is done when something is.
  const asked = useRef<1 | -1>(undefined);
  const step = (way: 1 | -1): void => {
    const { length } = shownMatches;
    asked.current = length === 0 ? way : undefined;
    if (length === 0) return;
    const next =
      at < 0 ? (way > 0 ? Math.max(0, firstFrom(shownMatches, 0)) : length - 1) : (at + way + length) % length;
    setAt(next);
    const match = shownMatches[next];
    if (match !== undefined) text.current?.show(match.row);
  };
  const showLine = (wanted: number): void => {
    const row = book.rows.findIndex((r) => r.kind === "text" && r.line >= wanted);
    if (row >= 0) text.current?.show(row);
  };
  useEffect(() => {
    if (asked.current !== undefined && shownMatches.length > 0) step(asked.current);
  });
  useShortcuts(second === true ? none : { f: () => pauseOrFollow(true), n: () => step(1), "shift+n": () => step(-1) });

  // The line of the address is gone to once it is there, and once only.
  const gone = useRef<number>(undefined);
  useEffect(() => {
    if (line === undefined || gone.current === line) return;
    const row = book.rows.findIndex((r) => r.kind === "text" && r.line === line);
    if (row < 0) return;
    if (text.current?.show(row) === true) gone.current = line;
    // The book changes within; its version tells.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [line, book, version]);

  const label = containers.find((c) => c.id === container)?.label ?? container;
  return (
    <div className={css.pane}>
      <LogTools
        label={second === true ? `${words.title}: ${label}` : words.title}
        state={state}
        lines={book.lines}
        following={following}
        newLines={following ? 0 : Math.max(0, book.lines - paused)}
        onFollow={() => pauseOrFollow(true)}
        onPause={() => pauseOrFollow(false)}
        typed={typed}
        onTyped={(next) => {
          setTyped(next);
          setAt(-1);
          asked.current = undefined;
        }}
        literal={query?.literal === true}
        search={search}
        at={at + 1}
        matches={shownMatches.length}
        onStep={step}
        errorsOnly={errorsOnly}
        onErrorsOnly={setErrorsOnly}
        wrap={wrap}
        onWrap={setWrap}
        times={logTimes}
        onTimes={(next) => change({ logTimes: next })}
        timed={span !== undefined}
        firstError={book.firstError}
        onFirstError={showLine}
        downloadHref={downloadHref}
      />
      <LogText
        ref={text}
        label={words.text(label)}
        book={book}
        version={version}
        only={only}
        ended={state.is === "ended"}
        wrap={wrap}
        following={following}
        onFollowing={pauseOrFollow}
        line={line}
        lineHref={lineHref}
        onLine={(wanted) => {
          gone.current = wanted; // it is on screen already
          onLine(wanted);
        }}
        matches={shownMatches}
        current={current}
        clock={clock}
      />
    </div>
  );
}

/** The rows of errors, and the notes between them; undefined for all rows. */
function useErrors(book: Book, version: number, on: boolean): readonly number[] | undefined {
  return useMemo(() => {
    if (!on || version < 0) return undefined;
    const rows: number[] = [];
    for (const [i, row] of book.rows.entries()) {
      if (row.kind === "text" && row.level === "error") rows.push(i);
    }
    return rows;
  }, [book, version, on]);
}
