import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { knows, session } from "../../api/session.ts";
import { ButtonLink } from "../../entity/links.tsx";
import type { Place } from "../../entity/place.ts";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { nearestTo } from "./nearest.ts";
import { useFirstOutline } from "./use-first-outline.ts";

/** What is shown where there is nothing: with the way to the nearest list, and to what is called alike. */
export function PageNotFound() {
  const m = useMessages();
  const { pathname } = useLocation();
  const { data: me } = useQuery(session.me());
  useFirstOutline();
  const near = nearestTo(pathname);
  const { project, list, name } = me !== undefined && near !== undefined && knows(me, near.project) ? near : {};
  const words: Readonly<Record<string, unknown>> = m.app.rail;
  const word = words[list ?? ""];
  return (
    <Page title={m.ui.view.notFoundTitle}>
      <EmptyState
        title={m.app.nothingHere}
        help={m.ui.view.notFoundHelp}
        action={
          <>
            {project !== undefined && list !== undefined && typeof word === "string" && (
              <ButtonLink {...listPlace(project, list)}>{m.ui.view.toList(word.toLocaleLowerCase())}</ButtonLink>
            )}
            {project !== undefined && name !== undefined && (
              <ButtonLink to="/p/$project/search" params={{ project }} search={{ q: name }}>
                {m.app.palette.searchFor(name)}
              </ButtonLink>
            )}
            <ButtonLink to="/">{m.ui.view.toProjects}</ButtonLink>
          </>
        }
      />
    </Page>
  );
}

function listPlace(project: string, list: string): Place {
  return { to: `/p/$project/${list}`, params: { project } };
}
