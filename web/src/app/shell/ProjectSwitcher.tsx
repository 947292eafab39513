import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { session } from "../../api/session.ts";
import { useMessages } from "../../i18n/language.ts";
import { ranked } from "../../lib/match.ts";
import { Popover } from "../../ui/popover/Popover.tsx";
import { recentProjects } from "../recent.ts";
import css from "./ProjectSwitcher.module.css";

/** Chooses the project by typing; those opened last come first. */
export function ProjectSwitcher({ project }: { project: string | undefined }) {
  const m = useMessages();
  const navigate = useNavigate();
  const { data: me } = useQuery(session.me());
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const recent = recentProjects();
  const names = (me?.projects ?? []).map((each) => each.name);
  const ordered = [...recent.filter((name) => names.includes(name)), ...names.filter((name) => !recent.includes(name))];
  const found = ranked(ordered, (name) => name, typed, 12);
  const close = () => {
    setOpen(false);
    setTyped("");
  };
  const press = (event: KeyboardEvent) => {
    const first = found[0];
    if (event.key !== "Enter" || first === undefined) return;
    event.preventDefault();
    close();
    void navigate({ to: "/p/$project", params: { project: first } });
  };
  return (
    <Popover
      label={m.app.switcher.label}
      open={open}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      trigger={
        <button type="button" className={css.trigger}>
          <span className={css.hidden}>{m.app.switcher.label}</span>
          <span className={css.name}>{project ?? m.app.switcher.all}</span>
          <ChevronsUpDown aria-hidden="true" />
        </button>
      }
    >
      <div className={css.panel}>
        <input
          className={css.search}
          type="search"
          aria-label={m.app.switcher.search}
          placeholder={m.app.switcher.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
        />
        <ul>
          {found.map((name) => (
            <li key={name}>
              <Link
                to="/p/$project"
                params={{ project: name }}
                className={css.link}
                aria-current={name === project ? "true" : undefined}
                onClick={close}
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p className={css.none}>{m.app.switcher.none}</p>}
        <Link to="/" className={css.all} onClick={close}>
          {m.app.switcher.all}
        </Link>
      </div>
    </Popover>
  );
}
