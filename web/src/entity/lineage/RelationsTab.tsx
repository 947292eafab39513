import { useQuery } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import type { CacheEntity } from "../../api/keys.ts";
import { useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { ButtonLink } from "../links.tsx";
import { NodeLink } from "./NodeLink.tsx";
import { relationsOf } from "./queries.ts";
import { relatedTo } from "./relations.ts";

interface RelationsTabProps {
  project: string;
  entity: CacheEntity;
  doc: { id: string; key: string };
}

/** What a version came from and what came of it, one step either way. */
export function RelationsTab({ project, entity, doc }: RelationsTabProps) {
  const m = useMessages();
  const words = m.materials.lineage;
  const helps: Partial<Record<CacheEntity, string>> = { function: words.neverRanHelp, run: words.ofRunHelp };
  const query = useQuery(relationsOf(project, entity, doc));
  const related = query.data === undefined ? [] : relatedTo(query.data);
  const whole = (
    <ButtonLink icon={<Waypoints />} to="/p/$project/lineage" params={{ project }} search={{ key: doc.key }}>
      {words.open}
    </ButtonLink>
  );
  return (
    <ListView
      state={query}
      what={words.what}
      count={related.length}
      filtered={false}
      onClearFilters={() => {}}
      empty={<EmptyState title={words.nothing} help={helps[entity] ?? words.nothingHelp} />}
    >
      <Card label={words.title}>
        <div>{whole}</div>
        <PlainTable label={words.title} lines="one" stacked>
          <thead>
            <tr>
              <th scope="col">{words.relation}</th>
              <th scope="col">{m.functions.name}</th>
              <th scope="col">{m.functions.kind}</th>
              <th scope="col">{m.materials.state}</th>
              <th scope="col">{m.functions.updated}</th>
            </tr>
          </thead>
          <tbody>
            {related.map(({ node, direction, types }) => (
              <tr key={node.key}>
                <td title={types.join(", ")}>{words.by[direction](types[0] ?? "")}</td>
                <td>
                  <NodeLink node={node} />
                </td>
                <td>{`${node.entity} · ${node.kind}`}</td>
                <td>
                  {node.state !== undefined && (
                    <StatusBadge state={node.state} entity={node.entity === "run" ? "run" : "material"} />
                  )}
                </td>
                <td>{node.updated !== undefined && <TimeAgo at={node.updated} />}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      </Card>
    </ListView>
  );
}
