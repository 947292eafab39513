import { useQuery } from "@tanstack/react-query";
import { Facts } from "../../entity/Facts.tsx";
import { useMessages } from "../../i18n/language.ts";
import { JsonTree } from "../../ui/json/JsonTree.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { settings } from "./queries.ts";
import css from "./Settings.module.css";

/** What runs of the project may ask for. An administrator of the server sets it; here it is read. */
export function Limits({ project }: { project: string }) {
  const m = useMessages();
  const s = m.settings;
  const { data, error, refetch } = useQuery(settings.limits(project));
  if (error !== null) return <ErrorPanel error={error} what={s.limitsWord} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const limits = Object.entries(data.limits);
  return (
    <div className={css.sections}>
      <section className={css.card} aria-labelledby="settings-limits">
        <h2 id="settings-limits">{s.limits}</h2>
        <p className={css.quiet}>{s.limitsHelp}</p>
        {limits.length === 0 ? <p>{s.noLimits}</p> : <Facts facts={limits} />}
      </section>
      <section className={css.card} aria-labelledby="settings-profiles">
        <h2 id="settings-profiles">{s.profiles}</h2>
        <p className={css.quiet}>{s.profilesHelp}</p>
        {data.profiles.length === 0 ? (
          <p>{s.noProfiles}</p>
        ) : (
          <ul className={css.list}>
            {data.profiles.map((profile) => (
              <li key={profile.name} className={css.profile}>
                <span className={css.strong}>{profile.title ?? profile.name}</span>
                <code>{profile.name}</code>
                {profile.description !== undefined && <p>{profile.description}</p>}
                <JsonTree label={s.profileSets(profile.name)} value={profile.spec} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
