import { useQuery } from "@tanstack/react-query";
import { useMessages } from "../i18n/language.ts";
import { Key } from "../ui/key/Key.tsx";
import css from "./Begin.module.css";
import { editing } from "./edit/queries.ts";
import { PlaceButton } from "./PlaceButton.tsx";
import type { Place } from "./place.ts";

/** One way to begin: what it makes, and where its button leads. */
export interface Way {
  title: string;
  help: string;
  place: Place;
  action: string;
}

interface BeginProps {
  ways?: readonly Way[] | undefined;
  /** The same by the command line, on one line. */
  command?: string | undefined;
}

/** What an empty list teaches: ways to begin, the same by the command line, and where the API is described. */
export function Begin({ ways, command }: BeginProps) {
  const { begin } = useMessages();
  return (
    <div className={css.begin}>
      {ways !== undefined && ways.length > 0 && (
        <ul className={css.cards} aria-label={begin.ways}>
          {ways.map(({ title, help, place, action }) => (
            <li key={title} className={css.card}>
              <span className={css.title}>{title}</span>
              <span className={css.quiet}>{help}</span>
              <PlaceButton place={place} aria-label={`${action}: ${title}`}>
                {action}
              </PlaceButton>
            </li>
          ))}
        </ul>
      )}
      {command !== undefined && (
        <p className={css.snippet}>
          <span className={css.quiet}>{begin.byCommand}</span>
          <Key value={command} what={begin.command} />
        </p>
      )}
      <p className={css.quiet}>
        <a className={css.docs} href="/openapi.json" target="_blank" rel="noreferrer">
          {begin.docs}
        </a>
      </p>
    </div>
  );
}

const shown = 3;

/** Ways to begin where there is no function yet: the first templates of the server, each opens the form filled in. */
export function BeginWithTemplate({ project, command }: { project: string; command: string }) {
  const { begin } = useMessages();
  const { data } = useQuery(editing.templates("function"));
  const ways = (data ?? []).slice(0, shown).map(({ id, metadata }) => ({
    title: metadata.name,
    help: metadata.description,
    place: { to: "/p/$project/new/function", params: { project }, search: { template: id } },
    action: begin.useTemplate,
  }));
  return <Begin ways={ways} command={command} />;
}
