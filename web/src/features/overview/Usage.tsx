import { useMessages } from "../../i18n/language.ts";
import css from "./Overview.module.css";
import type { SummaryDoc } from "./queries.ts";

/** How busy the engines are, by what the server reports of them. */
export function Usage({ engines }: { engines: SummaryDoc["runs"]["engines"] }) {
  const m = useMessages();
  if (engines.length === 0) return null;
  return (
    <section className={css.card} aria-labelledby="usage">
      <h2 id="usage">{m.overview.usage}</h2>
      <ul>
        {engines.map(({ name, executing, max_runs: most }) => (
          <li key={name} className={css.change}>
            <span className={css.strong}>{name}</span>
            <span className={css.quiet}>
              {most > 0 ? m.overview.slots(executing, most) : m.overview.executing(executing)}
            </span>
            {most > 0 && <meter min={0} max={most} value={executing} aria-label={name} className={css.meter} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
