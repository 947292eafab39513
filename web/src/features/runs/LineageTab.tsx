import { useQuery } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import { EntityLink } from "../../entity/EntityLink.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { besideRun } from "./lineage.ts";
import { runs } from "./queries.ts";
import type { RunDoc } from "./run.ts";
import css from "./RunPage.module.css";

/** What a run executed and read, and what came of it, with the way to the graph. */
export function LineageTab({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const words = m.runs.lineage;
  const query = useQuery(runs.lineage(project, run.key));
  const beside = query.data === undefined ? [] : besideRun(query.data);
  const title = m.runs.page.lineage;
  return (
    <ListView
      state={query}
      what={words.what}
      count={beside.length}
      filtered={false}
      onClearFilters={() => {}}
      empty={<EmptyState title={words.nothing} help={words.nothingHelp} />}
    >
      <section className={css.card} aria-label={title}>
        <p className={css.next}>
          <ButtonLink
            size="small"
            icon={<Waypoints />}
            to="/p/$project/lineage"
            params={{ project }}
            search={{ key: run.key }}
          >
            {words.open}
          </ButtonLink>
        </p>
        <table className={css.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{words.relation}</th>
              <th scope="col">{m.runs.page.name}</th>
              <th scope="col">{m.runs.columns.kind}</th>
              <th scope="col">{m.runs.columns.state}</th>
              <th scope="col">{m.runs.columns.updated}</th>
            </tr>
          </thead>
          <tbody>
            {beside.map(({ node, direction, type }) => (
              <tr key={`${direction} ${type} ${node.key}`}>
                <td title={type}>{words[direction](type)}</td>
                <td className={css.text}>
                  {node.missing === true ? node.name : <EntityLink of={node}>{node.name}</EntityLink>}
                </td>
                <td>{`${node.entity} · ${node.kind}`}</td>
                <td>
                  {node.missing === true
                    ? words.gone
                    : node.state !== undefined && (
                        <StatusBadge state={node.state} entity={node.entity === "run" ? "run" : "material"} />
                      )}
                </td>
                <td>{node.updated !== undefined && <TimeAgo at={node.updated} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </ListView>
  );
}
