import { type CSSProperties, memo } from "react";
import { useFormat, useMessages } from "../i18n/language.ts";
import { type Colour, parseAnsi, type Style } from "./ansi.ts";
import type { Note, Row, TextRow } from "./book.ts";
import line from "./LogLine.module.css";
import css from "./Logs.module.css";
import { type Found, segments } from "./segments.ts";
import type { Clock } from "./times.ts";

interface LogRowProps {
  row: Row;
  /** Where a link to its line leads. */
  href: string | undefined;
  linked: boolean;
  found: readonly Found[];
  /** How its time is written; undefined for no times. */
  clock: Clock | undefined;
  /** When its line was written; undefined where that is not known. */
  time: number | undefined;
}

/** A row of a log. Whatever was printed is drawn as text, never as markup. */
export const LogRow = memo(function LogRow({ row, href, linked, found, clock, time }: LogRowProps) {
  if (row.kind === "note") return <NoteLine note={row.note} />;
  return (
    <div className={css.row} data-level={row.level} data-linked={linked || undefined}>
      <LineNumber row={row} href={href} />
      {clock !== undefined && <LineTime clock={clock} time={row.continued ? undefined : time} />}
      <TextLine row={row} found={found} />
    </div>
  );
});

function LineNumber({ row, href }: { row: TextRow; href: string | undefined }) {
  const words = useMessages().logs;
  if (row.continued) return <span className={css.number} />;
  if (href === undefined) {
    return (
      <span className={css.number} aria-hidden="true">
        {row.line}
      </span>
    );
  }
  return (
    <a className={css.number} href={href} tabIndex={-1} aria-label={words.line(row.line)} data-line={row.line}>
      {row.line}
    </a>
  );
}

function LineTime({ clock, time }: { clock: Clock; time: number | undefined }) {
  const format = useFormat();
  if (time === undefined) return <span className={css.time} />;
  const iso = new Date(time).toISOString();
  return (
    <time className={css.time} dateTime={iso} title={format.dateTimeFull(iso)}>
      {clock.write(time)}
    </time>
  );
}

function TextLine({ row, found }: { row: TextRow; found: readonly Found[] }) {
  const words = useMessages().logs;
  const { spans } = parseAnsi(row.text, row.begin);
  return (
    <span className={css.text}>
      {row.rewritten > 0 && (
        <span className={line.sign} title={words.rewritten(row.rewritten)}>
          {`\\r×${row.rewritten}`}
        </span>
      )}
      {segments(spans, found).map((s) => {
        const { style } = s;
        const plain = s.found === undefined && s.control === undefined && Object.keys(style).length === 0;
        if (plain) return s.text;
        const Tag = s.found === undefined ? "span" : "mark";
        return (
          <Tag
            key={s.at}
            className={line.span}
            data-control={s.control}
            data-found={s.found}
            data-bold={style.bold}
            data-dim={style.dim}
            data-italic={style.italic}
            data-underline={style.underline}
            data-strike={style.strike}
            {...coloured(style)}
          >
            {s.text}
          </Tag>
        );
      })}
    </span>
  );
}

/** Colours of the palette go by attribute, so that themes choose them; exact ones by custom property. */
function coloured(style: Style): { style: CSSProperties; "data-fg"?: number | "exact"; "data-bg"?: number | "exact" } {
  const inverse = style.inverse === true;
  const fg: Drawn = inverse ? (style.bg ?? "back") : style.fg;
  const bg: Drawn = inverse ? (style.fg ?? "front") : style.bg;
  return {
    ...(fg !== undefined && { "data-fg": nameOf(fg) }),
    ...(bg !== undefined && { "data-bg": nameOf(bg) }),
    style: { ...(isExact(fg) && { "--fg": rgb(fg) }), ...(isExact(bg) && { "--bg": rgb(bg) }) },
  };
}

type Drawn = Colour | "back" | "front" | undefined;

function isExact(colour: Drawn): colour is readonly [number, number, number] {
  return typeof colour === "object";
}

/** 16 and 17 are the page's own colours, for inverse text. */
function nameOf(colour: Exclude<Drawn, undefined>): number | "exact" {
  if (colour === "back") return 16;
  if (colour === "front") return 17;
  return typeof colour === "number" ? colour : "exact";
}

function rgb(colour: readonly [number, number, number]): string {
  return `rgb(${colour.join(" ")})`;
}

function NoteLine({ note }: { note: Note }) {
  const words = useMessages().logs;
  const format = useFormat();
  const text =
    note.says === "attempt"
      ? words.attempt(note.attempt)
      : note.says === "lost"
        ? words.lost(format.bytes(note.bytes))
        : words.dropped(note.lines);
  return (
    <div className={css.note} data-says={note.says}>
      {text}
    </div>
  );
}
