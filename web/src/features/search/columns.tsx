import { Link } from "@tanstack/react-router";
import { EntityLink } from "../../entity/EntityLink.tsx";
import type { Messages } from "../../i18n/language.ts";
import { Highlight } from "../../ui/highlight/Highlight.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { StatusEntity } from "../../ui/status/status.ts";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import type { Hit } from "./queries.ts";
import { isType } from "./search.ts";
import css from "./Search.module.css";

interface Frame {
  m: Messages;
  /** Hits are of several projects. */
  everywhere: boolean;
  /** Each version is a hit of its own. */
  versions: boolean;
}

/** The columns of what was found. */
export function hitColumns({ m, everywhere, versions }: Frame): readonly Column<Hit>[] {
  const s = m.search;
  const project: readonly Column<Hit>[] = everywhere
    ? [
        {
          id: "project",
          header: s.project,
          width: "minmax(110px, 0.8fr)",
          cell: (hit) => (
            <Link to="/p/$project" params={{ project: hit.project }}>
              {hit.project}
            </Link>
          ),
        },
      ]
    : [];
  return [
    {
      id: "name",
      pin: "start",
      header: s.name,
      width: "minmax(180px, 1.6fr)",
      cell: (hit) => <Name hit={hit} pinned={versions} />,
    },
    { id: "type", header: s.type, width: "minmax(100px, 0.7fr)", cell: (hit) => typeOfHit(m, hit.type) },
    { id: "kind", header: s.kind, width: "minmax(110px, 0.8fr)", cell: (hit) => hit.kind, optional: "shown" },
    ...project,
    {
      id: "found",
      header: s.foundIn,
      width: "minmax(200px, 2fr)",
      cell: (hit) => <Found hit={hit} m={m} />,
      optional: "shown",
    },
    {
      id: "state",
      header: s.state,
      width: "130px",
      cell: (hit) => (hit.status === "" ? null : <StatusBadge state={hit.status} entity={statusOf(hit.type)} />),
      optional: "shown",
    },
    {
      id: "labels",
      header: s.labels,
      width: "minmax(110px, 1fr)",
      cell: (hit) => <LabelList labels={hit.metadata.labels} />,
      optional: "shown",
    },
    {
      id: "updated",
      header: s.updated,
      width: "minmax(90px, 0.6fr)",
      cell: (hit) => <TimeAgo at={hit.metadata.updated} short />,
      told: true,
      optional: "shown",
    },
    {
      id: "by",
      header: s.by,
      width: "minmax(90px, 0.7fr)",
      cell: (hit) => hit.metadata.updated_by,
      optional: "hidden",
    },
  ];
}

/** What a type of entity is called; one that the catalogue lacks keeps its name. */
export function typeName(m: Messages, type: string): string {
  return isType(type) ? m.search.types[type] : type;
}

/** What one hit is. */
function typeOfHit(m: Messages, type: string): string {
  return isType(type) ? m.entities.one[type] : type;
}

function statusOf(type: string): StatusEntity {
  if (type === "run" || type === "trigger") return type;
  return ["dataitem", "model", "artifact"].includes(type) ? "material" : "other";
}

// The name as people gave it stands in metadata; a hit there is marked in place.
function Name({ hit, pinned }: { hit: Hit; pinned: boolean }) {
  const marked = hit.highlights["metadata.name"]?.[0];
  const shown = marked === undefined ? hit.name : <Highlight marked={marked} />;
  if (hit.type === "project")
    return (
      <Link to="/p/$project" params={{ project: hit.name }} className={css.name}>
        {shown}
      </Link>
    );
  const ofVersion = pinned || hit.type === "run" || hit.type === "trigger";
  return (
    <EntityLink
      of={{ entity: hit.type, project: hit.project, name: hit.name, ...(ofVersion && { id: hit.id }) }}
      className={css.name}
    >
      {shown}
    </EntityLink>
  );
}

function Found({ hit, m }: { hit: Hit; m: Messages }) {
  const places = Object.entries(hit.highlights).filter(([place]) => place !== "metadata.name");
  const known: Readonly<Record<string, string>> = m.search.places;
  if (places.length === 0) return hit.function === undefined ? hit.metadata.description : hit.function;
  return (
    <span className={css.found}>
      {places.map(([place, texts]) => (
        <span key={place}>
          <span className={css.place}>{known[place] ?? place}</span> <Highlight marked={texts.join(" … ")} />
        </span>
      ))}
    </span>
  );
}
