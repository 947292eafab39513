import { EntityLink } from "../../entity/EntityLink.tsx";
import { listPaths } from "../../entity/place.ts";
import { PlaceLink } from "../../entity/PlaceLink.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./Overview.module.css";
import type { SummaryDoc } from "./queries.ts";

const shown = ["function", "workflow", "dataitem", "model", "artifact", "trigger", "secret"] as const;
const listed = ["function", "workflow", "dataitem", "model", "artifact"] as const;

/** How much of everything there is, and what was changed last of each type. */
export function Holdings({ summary }: { summary: SummaryDoc }) {
  const m = useMessages();
  const f = useFormat();
  const { project, counts, changed } = summary;
  const lists = listed
    .map((entity) => ({ entity, rows: changed.filter((each) => each.entity === entity) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <>
      <section className={css.card} aria-labelledby="holds">
        <h2 id="holds">{m.overview.holds}</h2>
        <ul className={css.tiles}>
          {shown.map((entity) => {
            const count = counts.find((each) => each.entity === entity);
            // Types that most projects never use show up with the first of them.
            if (count === undefined || (entity === "workflow" && count.total === 0)) return null;
            const to = `/p/$project/${listPaths[entity] ?? ""}`;
            return (
              <li key={entity}>
                <PlaceLink place={{ to, params: { project } }} className={css.tile}>
                  <b>{count.exact ? f.number(count.total) : m.overview.atLeast(f.number(count.total))}</b>
                  {m.entities[count.total === 1 ? "one" : "many"][entity]}
                </PlaceLink>
              </li>
            );
          })}
        </ul>
      </section>
      {lists.length > 0 && (
        <section className={css.card} aria-labelledby="changed">
          <h2 id="changed">{m.overview.changed}</h2>
          <div className={css.lists}>
            {lists.map(({ entity, rows }) => (
              <div key={entity} className={css.list}>
                <h3>{m.entities.many[entity]}</h3>
                <ul>
                  {rows.map((row) => (
                    <li key={row.id} className={css.change}>
                      <EntityLink of={{ entity, project, name: row.name }} className={css.strong} />
                      <span className={css.quiet}>
                        <TimeAgo at={row.updated} short />
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
