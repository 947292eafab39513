import { useQuery, type UseQueryOptions } from "@tanstack/react-query";
import type { CacheKey } from "../api/keys.ts";
import { useMessages } from "../i18n/language.ts";
import { ListView } from "../ui/state/ListView.tsx";
import { TimeAgo } from "../ui/time/TimeAgo.tsx";
import css from "./LatestVersions.module.css";
import type { Place } from "./place.ts";
import { PlaceButton } from "./PlaceButton.tsx";
import { PlaceLink } from "./PlaceLink.tsx";
import { versionName } from "./version.ts";
import type { ListedVersion } from "./VersionsPanel.tsx";

interface VersionList {
  content: readonly ListedVersion[];
  totalElements: number;
}

interface LatestVersionsProps<L extends VersionList> {
  name: string;
  /** The page of the name. */
  place: Place;
  /** Reads them, newest first, and how many there are. */
  query: UseQueryOptions<L, Error, L, CacheKey>;
}

/** The latest versions of a name, under its row in a list. */
export function LatestVersions<L extends VersionList>({ name, place, query }: LatestVersionsProps<L>) {
  const m = useMessages();
  const state = useQuery(query);
  const versions = state.data?.content ?? [];
  const total = state.data?.totalElements ?? 0;
  return (
    <ListView
      state={state}
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
              <span className={css.said}>
                <span className={css.name}>{versionName(version)}</span>
                {index === 0 && <span className={css.latest}>{m.functions.latest}</span>}
                <span className={css.quiet}>
                  <TimeAgo at={version.metadata.created} />
                </span>
                <span className={css.quiet}>{version.metadata.created_by}</span>
              </span>
              <PlaceButton
                place={index === 0 ? place : { ...place, search: { v: version.id } }}
                tone="quiet"
                aria-label={m.functions.showName(versionName(version))}
              >
                {m.functions.show}
              </PlaceButton>
            </li>
          ))}
        </ul>
        {total > versions.length && (
          <p className={css.all}>
            <PlaceLink place={place}>{m.functions.allVersions(total)}</PlaceLink>
          </p>
        )}
      </div>
    </ListView>
  );
}
