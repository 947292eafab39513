import { Link } from "@tanstack/react-router";
import type { Schema } from "../../api/client.ts";
import { Facts } from "../../entity/Facts.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import css from "./Account.module.css";

/** The user as the server knows one, and what one may do in which project. */
export function Profile({ me }: { me: Schema<"Me"> }) {
  const m = useMessages();
  const a = m.account;
  return (
    <div className={css.sections}>
      {me.anonymous && <Callout tone="info">{a.anonymous}</Callout>}
      <section className={css.card} aria-label={a.tabs.profile}>
        <Facts
          facts={[
            [a.user, me.user],
            [a.everywhere, me.everywhere === undefined ? undefined : a.roles[me.everywhere]],
            [a.permissions, me.permissions.join(", ")],
          ]}
        />
      </section>
      <section className={css.card} aria-labelledby="account-projects">
        <h2 id="account-projects">{a.projects}</h2>
        {me.projects.length === 0 ? (
          <p className={css.quiet}>{a.noProjects}</p>
        ) : (
          <ul className={css.projects}>
            {me.projects.map(({ name, role }) => (
              <li key={name}>
                <Link to="/p/$project" params={{ project: name }}>
                  {name}
                </Link>
                <span className={css.quiet}>{a.roles[role]}</span>
              </li>
            ))}
          </ul>
        )}
        {me.more && <p className={css.quiet}>{a.moreProjects}</p>}
      </section>
    </div>
  );
}
