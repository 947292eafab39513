import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { knows, session } from "../../api/session.ts";
import { useMessages } from "../../i18n/language.ts";
import { feed } from "../live.ts";
import { rememberProject } from "../recent.ts";
import { usePagesAhead } from "./ahead.ts";
import { Commands } from "./Commands.tsx";
import { OfflineBar } from "./OfflineBar.tsx";
import { Rail } from "./Rail.tsx";
import { RouteAnnouncer } from "./RouteAnnouncer.tsx";
import css from "./Shell.module.css";
import { TopBar } from "./TopBar.tsx";
import { useFirstOutline } from "./use-first-outline.ts";
import { VersionBar } from "./VersionBar.tsx";

/** The frame around every page: bar, menu, content; it follows the stream of the project that is open. */
export function Shell() {
  const m = useMessages();
  const { project } = useParams({ strict: false });
  const [menu, setMenu] = useState(false);
  const { data: me } = useQuery(session.me());
  // A project that is not there has no stream; outside of projects all of them are followed.
  const there = project !== undefined && me !== undefined && knows(me, project);
  const since = me?.events;
  useEffect(() => {
    feed.watch(there ? project : project === undefined ? "" : undefined, since);
    if (there) rememberProject(project);
  }, [project, since, there]);
  usePagesAhead(project);
  useFirstOutline();
  return (
    <Commands project={project}>
      {(commands) => (
        <div className={css.shell}>
          <a className={css.skip} href="#content" onClick={skip}>
            {m.app.skip}
          </a>
          <TopBar
            project={project}
            onPalette={commands.openPalette}
            onHelp={commands.openHelp}
            menuOpen={menu}
            onMenu={() => setMenu(!menu)}
          />
          <div className={css.bars}>
            <VersionBar />
            <OfflineBar />
          </div>
          <div className={css.rail} data-open={menu || undefined}>
            <Rail project={project} onNavigate={() => setMenu(false)} />
          </div>
          <main id="content" className={css.main} tabIndex={-1}>
            <Outlet />
          </main>
          <RouteAnnouncer />
        </div>
      )}
    </Commands>
  );
}

// A bare #content would be resolved against <base href> and leave the page.
function skip(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
