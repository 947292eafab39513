import type { ReactNode } from "react";
import { useMessages } from "../i18n/language.ts";
import { type ListState, ListView } from "../ui/state/ListView.tsx";
import { TimeAgo } from "../ui/time/TimeAgo.tsx";
import css from "./LatestVersions.module.css";
import { versionName } from "./version.ts";
import type { ListedVersion } from "./VersionsPanel.tsx";

interface LatestVersionsProps {
  name: string;
  state: ListState;
  /** Newest first. */
  versions: readonly ListedVersion[];
  /** How many there are, listed or not. */
  total: number;
  /** Draws the link that shows a version. */
  show: (version: ListedVersion, latest: boolean) => ReactNode;
  /** Draws the link to all versions. */
  all: (content: string) => ReactNode;
}

/** The latest versions of a name, under its row in a list. */
export function LatestVersions({ name, state, versions, total, show, all }: LatestVersionsProps) {
  const m = useMessages();
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
              <span className={css.name}>{versionName(version)}</span>
              {index === 0 && <span className={css.latest}>{m.functions.latest}</span>}
              <span className={css.quiet}>
                <TimeAgo at={version.metadata.created} />
              </span>
              <span className={css.quiet}>{version.metadata.created_by}</span>
              {show(version, index === 0)}
            </li>
          ))}
        </ul>
        {total > versions.length && <p className={css.all}>{all(m.functions.allVersions(total))}</p>}
      </div>
    </ListView>
  );
}
