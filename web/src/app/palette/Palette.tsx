import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useCallback, useDeferredValue, useId, useMemo, useState } from "react";
import { session } from "../../api/session.ts";
import { listPaths, type Named, placeOf } from "../../entity/place.ts";
import { functions } from "../../features/functions/queries.ts";
import { search } from "../../features/search/queries.ts";
import { localeNames, locales, useMessages } from "../../i18n/language.ts";
import { composes } from "../../lib/composing.ts";
import { ranked } from "../../lib/match.ts";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { navigation } from "../shell/navigation.ts";
import type { PaletteEntry } from "./entries.ts";
import css from "./Palette.module.css";
import { openedIn, rememberOpened } from "./recent.ts";

export interface PaletteProps {
  /** What was typed before the palette was there. */
  typed: string;
  project: string | undefined;
  onOpenChange: (open: boolean) => void;
  onHelp: () => void;
  onTheme: () => void;
}

const shownPerSearch = 30;
const groups = ["recent", "pages", "entities", "projects", "actions"] as const;
const shortestAsked = 2;

/** Jumps to anything by a few letters: at once from the names that are known, then from the server. */
export function Palette({ typed: early, project, onOpenChange, onHelp, onTheme }: PaletteProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const { prefs, change } = usePrefs();
  const id = useId();
  const [typed, setTyped] = useState(early);
  const [chosen, setChosen] = useState(0);
  // Enter takes what fits what is typed by then; only the server is asked a moment later.
  const sought = typed.trim();
  const seeks = sought !== "";
  const asked = useDeferredValue(sought);
  const { data: me } = useQuery(session.me());
  const { data: names } = useQuery({ ...functions.names(project ?? ""), enabled: project !== undefined });
  const { data: found } = useQuery({ ...search.quick(project, asked), enabled: asked.length >= shortestAsked });

  const ofDocument = useCallback(
    (of: Named, hint: string, group: PaletteEntry["group"]): PaletteEntry => ({
      id: `${group} ${of.entity} ${of.project} ${of.name} ${of.id ?? ""}`,
      group,
      text: of.name,
      hint,
      of,
      run: () => {
        const place = placeOf(of);
        if (place !== undefined) void navigate({ ...place });
      },
    }),
    [navigate],
  );

  const entries = useMemo<readonly PaletteEntry[]>(() => {
    const to = (to: "/p/$project/new/function" | "/p/$project/new/trigger") => () =>
      void navigate({ to, params: { project: project ?? "" } });
    const known = names?.list ?? [];
    const inProject: readonly PaletteEntry[] =
      project === undefined
        ? []
        : [
            ...navigation.flatMap((group) =>
              group.entries.map(({ to, material = "", label, key }) => ({
                id: `page ${to} ${material}`,
                group: "pages" as const,
                text: label(m),
                hint: key === undefined ? undefined : `g ${key}`,
                run: () => void navigate({ to, params: { project, material } }),
              })),
            ),
            ...known.map(({ name, kind }) => ofDocument({ entity: "function", project, name }, kind, "entities")),
            // Each function would be two lines; the second comes when something is sought.
            ...(seeks ? known : []).map(({ name }) => ({
              id: `run ${name}`,
              group: "actions" as const,
              text: m.app.palette.run(name),
              run: () =>
                void navigate({
                  to: "/p/$project/functions/$name/run",
                  params: { project, name },
                  hash: "/parameters",
                }),
            })),
            {
              id: "new function",
              group: "actions",
              text: m.app.palette.newFunction,
              run: to("/p/$project/new/function"),
            },
            { id: "new trigger", group: "actions", text: m.app.palette.newTrigger, run: to("/p/$project/new/trigger") },
            {
              id: "new secret",
              group: "actions",
              text: m.app.palette.newSecret,
              run: () => void navigate({ to: "/p/$project/secrets", params: { project }, search: { create: true } }),
            },
          ];
    return [
      ...inProject,
      { id: "page projects", group: "pages", text: m.app.rail.projects, run: () => void navigate({ to: "/" }) },
      {
        id: "page account",
        group: "pages",
        text: m.app.prefs.account,
        run: () => void navigate({ to: "/account/{-$tab}", params: { tab: "appearance" } }),
      },
      ...(me?.projects ?? []).map(({ name }) => ({
        id: `project ${name}`,
        group: "projects" as const,
        text: name,
        run: () => void navigate({ to: "/p/$project", params: { project: name } }),
      })),
      {
        id: "new project",
        group: "actions",
        text: m.projects.create,
        run: () => void navigate({ to: "/", search: { create: true } }),
      },
      { id: "theme", group: "actions", text: m.app.shortcuts.theme, hint: "t", run: onTheme },
      ...locales
        .filter((locale) => locale !== prefs.locale)
        .map((locale) => ({
          id: `language ${locale}`,
          group: "actions" as const,
          text: m.app.palette.speak(localeNames[locale]),
          run: () => change({ locale }),
        })),
      { id: "help", group: "actions", text: m.app.shortcuts.open, hint: "?", run: onHelp },
    ];
  }, [change, m, me, names, navigate, ofDocument, onHelp, onTheme, prefs.locale, project, seeks]);

  const matching = useMemo(() => ranked(entries, (entry) => entry.text, typed, shownPerSearch), [entries, typed]);
  const more = useMemo<readonly PaletteEntry[]>(() => {
    const words: Readonly<Record<string, unknown>> = m.app.rail;
    const hint = (entity: string) => {
      const word = words[listPaths[entity] ?? ""];
      return typeof word === "string" ? word : entity;
    };
    if (!seeks) return openedIn(project).map(({ hint: said, ...of }) => ofDocument(of, said, "recent"));
    const there = new Set(matching.flatMap(({ of }) => (of === undefined ? [] : [`${of.entity} ${of.name}`])));
    const hits = asked.length < shortestAsked || asked !== sought ? [] : (found?.content ?? []);
    return [
      ...hits
        .filter((hit) => hit.type !== "project" && !there.has(`${hit.type} ${hit.name}`))
        .map((hit) => {
          const exact = hit.type === "run" || hit.type === "trigger";
          const of = { entity: hit.type, project: hit.project, name: hit.name, ...(exact && { id: hit.id }) };
          return ofDocument(of, hit.function ?? hint(hit.type), "entities");
        }),
      {
        id: "search",
        group: "actions",
        text: m.app.palette.searchFor(sought),
        run: () =>
          void (project === undefined
            ? navigate({ to: "/search", search: { q: sought } })
            : navigate({ to: "/p/$project/search", params: { project }, search: { q: sought } })),
      },
    ];
  }, [asked, found, m, matching, navigate, ofDocument, project, seeks, sought]);
  // What was typed word by word stands first, whatever the server finds for it.
  const best = matching[0];
  const first = seeks && best?.text.toLowerCase().includes(sought.toLowerCase()) === true ? best.group : undefined;
  const order = first === undefined ? groups : [first, ...groups.filter((group) => group !== first)];
  const shown = order.flatMap((group) => [...matching, ...more].filter((entry) => entry.group === group));
  const current = Math.min(chosen, shown.length - 1);
  const run = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onOpenChange(false);
    if (entry.of !== undefined) rememberOpened({ ...entry.of, hint: entry.hint ?? "" });
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    if (composes(event.nativeEvent)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) setChosen((current + step + shown.length) % shown.length);
    else if (event.key === "Enter") run(shown[current]);
    else return;
    event.preventDefault();
  };
  const titles = {
    recent: m.app.palette.recent,
    pages: m.app.palette.pages,
    entities: m.app.palette.entities,
    projects: m.app.palette.projects,
    actions: m.app.palette.actions,
  };
  return (
    <Dialog open onOpenChange={onOpenChange} title={m.app.palette.title} bare size="wide">
      <div className={css.palette}>
        <input
          className={css.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length === 0 ? undefined : `${id}-${current}`}
          aria-label={m.app.palette.title}
          placeholder={m.app.palette.placeholder}
          value={typed}
          onKeyDown={press}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
        />
        <div id={`${id}-list`} role="listbox" aria-label={m.app.palette.title} className={css.list}>
          {order.map((group) => {
            const inGroup = shown.filter((entry) => entry.group === group);
            if (inGroup.length === 0) return null;
            return (
              <div key={group} role="group" aria-label={titles[group]}>
                <div className={css.group} aria-hidden="true">
                  {titles[group]}
                </div>
                {inGroup.map((entry) => {
                  const index = shown.indexOf(entry);
                  return (
                    <div
                      key={entry.id}
                      id={`${id}-${index}`}
                      role="option"
                      tabIndex={-1}
                      aria-selected={index === current}
                      className={css.entry}
                      onPointerMove={() => setChosen(index)}
                      onClick={() => run(entry)}
                      ref={index === current ? reveal : undefined}
                    >
                      <span className={css.text}>{entry.text}</span>
                      {entry.hint !== undefined && <span className={css.hint}>{entry.hint}</span>}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
        <p className={css.foot} role="status">
          {shown.length === 0 ? m.app.palette.empty : `${m.app.palette.results(shown.length)} · ${m.app.palette.help}`}
        </p>
      </div>
    </Dialog>
  );
}

function reveal(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
