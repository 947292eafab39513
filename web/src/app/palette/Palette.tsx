import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useState } from "react";
import { session } from "../../api/session.ts";
import { functions } from "../../features/functions/queries.ts";
import { useMessages } from "../../i18n/language.ts";
import { ranked } from "../../lib/match.ts";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { navigation } from "../shell/navigation.ts";
import type { PaletteEntry } from "./entries.ts";
import css from "./Palette.module.css";

interface PaletteProps {
  project: string | undefined;
  onOpenChange: (open: boolean) => void;
  onHelp: () => void;
  onTheme: () => void;
}

const shownPerSearch = 30;
const groups = ["pages", "entities", "projects", "actions"] as const;

/** Jumps to anything by a few letters: at once from the names that are known, then from the server. */
export function Palette({ project, onOpenChange, onHelp, onTheme }: PaletteProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const asked = useDeferredValue(typed.trim());
  const { data: me } = useQuery(session.me());
  const { data: names } = useQuery({ ...functions.names(project ?? ""), enabled: project !== undefined });
  const { data: found } = useQuery({
    ...functions.search(project ?? "", asked),
    enabled: project !== undefined && names?.complete === false && asked.length >= 2,
  });

  const entries = useMemo<readonly PaletteEntry[]>(() => {
    const known = new Map([...(names?.list ?? []), ...(found ?? [])].map((each) => [each.name, each]));
    return [
      ...(project === undefined
        ? []
        : navigation.flatMap((group) =>
            group.entries.map(({ to, material = "", label, key }) => ({
              id: `page ${to} ${material}`,
              group: "pages" as const,
              text: label(m),
              hint: key === undefined ? undefined : `g ${key}`,
              run: () => void navigate({ to, params: { project, material } }),
            })),
          )),
      { id: "page projects", group: "pages", text: m.app.rail.projects, run: () => void navigate({ to: "/" }) },
      ...[...known.values()].map(({ name, kind }) => ({
        id: `function ${name}`,
        group: "entities" as const,
        text: name,
        hint: kind,
        run: () => void navigate({ to: "/p/$project/functions/$name", params: { project: project ?? "", name } }),
      })),
      ...(me?.projects ?? []).map(({ name }) => ({
        id: `project ${name}`,
        group: "projects" as const,
        text: name,
        run: () => void navigate({ to: "/p/$project", params: { project: name } }),
      })),
      // Each function would be two lines; the second comes when something is sought.
      ...(asked === "" ? [] : [...known.keys()]).map((name) => ({
        id: `run ${name}`,
        group: "actions" as const,
        text: m.app.palette.run(name),
        run: () =>
          void navigate({
            to: "/p/$project/functions/$name/run",
            params: { project: project ?? "", name },
            hash: "/parameters",
          }),
      })),
      {
        id: "new project",
        group: "actions",
        text: m.projects.create,
        run: () => void navigate({ to: "/", search: { create: true } }),
      },
      { id: "theme", group: "actions", text: m.app.shortcuts.theme, hint: "t", run: onTheme },
      { id: "help", group: "actions", text: m.app.shortcuts.open, hint: "?", run: onHelp },
    ];
  }, [asked, found, m, me, names, navigate, onHelp, onTheme, project]);

  const matching = useMemo(() => ranked(entries, (entry) => entry.text, typed, shownPerSearch), [entries, typed]);
  const shown = groups.flatMap((group) => matching.filter((entry) => entry.group === group));
  const current = Math.min(chosen, shown.length - 1);
  const run = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return;
    onOpenChange(false);
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) setChosen((current + step + shown.length) % shown.length);
    else if (event.key === "Enter") run(shown[current]);
    else return;
    event.preventDefault();
  };
  const titles = {
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
          {groups.map((group) => {
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
