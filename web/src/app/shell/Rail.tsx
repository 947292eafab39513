import { Link } from "@tanstack/react-router";
import { FolderKanban, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { Tooltip } from "../../ui/tooltip/Tooltip.tsx";
import { navigation } from "./navigation.ts";
import css from "./Rail.module.css";

/** The menu of the project that is open; without one, of the console. */
export function Rail({ project, onNavigate }: { project: string | undefined; onNavigate: () => void }) {
  const m = useMessages();
  const { prefs, change } = usePrefs();
  const folded = prefs.railFolded;
  const entry = (label: string, link: React.ReactElement) => (folded ? <Tooltip text={label}>{link}</Tooltip> : link);
  return (
    <nav className={css.rail} aria-label={m.app.navigation} data-folded={folded || undefined} onClick={onNavigate}>
      <ul className={css.list}>
        {project === undefined && (
          <li>
            {entry(
              m.app.rail.projects,
              <Link to="/" className={css.link}>
                <FolderKanban aria-hidden="true" />
                <span className={css.word}>{m.app.rail.projects}</span>
              </Link>,
            )}
          </li>
        )}
        {project !== undefined &&
          navigation.map((group) => (
            <li key={group.entries[0]?.to}>
              {group.label !== undefined && <span className={css.group}>{group.label(m)}</span>}
              <ul>
                {group.entries.map(({ to, material = "", label, icon: Icon }) => (
                  <li key={label(m)}>
                    {entry(
                      label(m),
                      <Link
                        to={to}
                        params={{ project, material }}
                        activeOptions={{ exact: to === "/p/$project", includeSearch: false }}
                        className={css.link}
                      >
                        <Icon aria-hidden="true" />
                        <span className={css.word}>{label(m)}</span>
                      </Link>,
                    )}
                  </li>
                ))}
              </ul>
            </li>
          ))}
      </ul>
      <div className={css.end}>
        <IconButton
          size="small"
          label={folded ? m.app.rail.unfold : m.app.rail.fold}
          icon={folded ? <PanelLeftOpen /> : <PanelLeftClose />}
          onClick={() => change({ railFolded: !folded })}
        />
      </div>
    </nav>
  );
}
