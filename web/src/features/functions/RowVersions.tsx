import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import { ListView } from "../../ui/state/ListView.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./FunctionsList.module.css";
import { functions, versionsShown } from "./queries.ts";

/** The five latest versions of a function, under its row: one call. */
export function RowVersions({ project, name }: { project: string; name: string }) {
  const m = useMessages();
  const query = useQuery(functions.versions(project, name, versionsShown));
  const versions = query.data?.content ?? [];
  const total = query.data?.totalElements ?? 0;
  return (
    <ListView
      state={query}
      what={m.functions.versionsOf(name)}
      count={versions.length}
      filtered={false}
      onClearFilters={() => {}}
      empty={null}
    >
      <div>
        <ul className={css.versions} aria-label={m.functions.versionsOf(name)}>
          {versions.map((version, index) => (
            <li key={version.id} className={css.version} aria-current={index === 0 ? "true" : undefined}>
              <span className={css.versionName}>{versionName(version)}</span>
              {index === 0 && <span className={css.latest}>{m.functions.latest}</span>}
              <span className={css.quiet}>
                <TimeAgo at={version.metadata.created} />
              </span>
              <span className={css.quiet}>{version.metadata.created_by}</span>
              <ButtonLink
                size="small"
                tone="quiet"
                to="/p/$project/functions/$name"
                params={{ project, name }}
                search={index === 0 ? {} : { v: version.id }}
                aria-label={m.functions.showName(versionName(version))}
              >
                {m.functions.show}
              </ButtonLink>
            </li>
          ))}
        </ul>
        {total > versions.length && (
          <Link to="/p/$project/functions/$name" params={{ project, name }} className={css.all}>
            {m.functions.allVersions(total)}
          </Link>
        )}
      </div>
    </ListView>
  );
}
