import type { Schema } from "../../api/client.ts";

/** What the graph shows as one: a version, a run, or all versions of a name. */
export interface Point {
  id: string;
  entity: string;
  kind: string;
  name: string;
  project: string;
  /** Of one version; undefined for several. */
  version: string | undefined;
  /** How many things it stands for. */
  count: number;
  state: string | undefined;
  /** Its key names something that is not there. */
  missing: boolean;
  /** It has relations that are not shown. */
  more: boolean;
  /** The key of the newest thing that it stands for. */
  key: string;
  /** The number of the version; 0 where it has none. */
  number: number;
}

/** A relation: what came of something lies right of it. */
export interface Relation {
  type: string;
  left: string;
  right: string;
}

export interface Relations {
  points: readonly Point[];
  relations: readonly Relation[];
  focus: string | undefined;
  truncated: boolean;
}

/** A lineage as the server tells it: the source of an edge came of its destination. */
export function ofLineage({ nodes, edges, focus, truncated }: Schema<"Lineage">): Relations {
  return {
    points: nodes.map((node) => ({
      id: node.key,
      entity: node.entity,
      kind: node.kind,
      name: node.entity === "run" ? (node.function ?? node.name) : node.name,
      project: node.project,
      version: node.id,
      count: 1,
      state: node.state,
      missing: node.missing === true,
      more: node.more === true,
      key: node.key,
      number: node.version ?? 0,
    })),
    relations: edges.map(({ type, source, dest }) => ({ type, left: dest, right: source })),
    focus,
    truncated,
  };
}

/** The relations of a whole project, whose things are known by their keys alone. */
export function ofProject(list: readonly Schema<"Relationship">[]): Relations {
  const points = new Map<string, Point>();
  const relations = new Map<string, Relation>();
  for (const { type, source, dest } of list) {
    if (source === undefined || dest === undefined || source === dest) continue;
    for (const key of [source, dest]) if (!points.has(key)) points.set(key, ofKey(key));
    relations.set(`${type} ${dest} ${source}`, { type, left: dest, right: source });
  }
  // People know a run by what it executed.
  for (const { type, left, right } of relations.values()) {
    const [run, executed] = [points.get(right), points.get(left)];
    if (type === "run_of" && run?.entity === "run" && executed !== undefined)
      points.set(right, { ...run, name: executed.name });
  }
  return { points: [...points.values()], relations: [...relations.values()], focus: undefined, truncated: false };
}

/** store://project/entity/kind/name:id, or with an id alone. */
function ofKey(key: string): Point {
  const [project = "", entity = "", kind = "", rest = key] =
    /^store:\/\/([^/]+)\/([^/]+)\/([^/]+)\/(.+)$/.exec(key)?.slice(1) ?? [];
  const colon = rest.lastIndexOf(":");
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const version = colon < 0 ? (entity === "run" ? rest : undefined) : rest.slice(colon + 1);
  return {
    id: key,
    entity,
    kind,
    name,
    project,
    version,
    count: 1,
    state: undefined,
    missing: false,
    more: false,
    key,
    number: 0,
  };
}

/**
 * Draws all versions of a name as one, and all runs that relate the same names in the same way. Relations between what
 * has become one are left out, equal ones count once.
 */
export function folded({ points, relations, focus, truncated }: Relations): Relations {
  const home = new Map<string, string>();
  for (const point of points)
    if (point.entity !== "run") home.set(point.id, `${point.entity} ${point.kind} ${point.name}`);
  const known = (id: string) => home.get(id) ?? id;
  for (const point of points) {
    if (point.entity !== "run") continue;
    const around = relations
      .filter(({ left, right }) => left === point.id || right === point.id)
      .map(({ type, left, right }) => (left === point.id ? `${type} > ${known(right)}` : `${type} < ${known(left)}`));
    home.set(point.id, `run ${point.kind} ${[...new Set(around)].sort().join(" ")}`);
  }
  const merged = new Map<string, Point>();
  for (const point of points) {
    const id = home.get(point.id) ?? point.id;
    const before = merged.get(id);
    const newest = before === undefined || point.number >= before.number ? point : before;
    merged.set(id, {
      ...newest,
      id,
      count: (before?.count ?? 0) + 1,
      version: before === undefined ? point.version : undefined,
      missing: point.missing && (before?.missing ?? true),
      more: point.more || (before?.more ?? false),
    });
  }
  const united = new Map<string, Relation>();
  for (const { type, left, right } of relations) {
    const [from, to] = [known(left), known(right)];
    if (from !== to) united.set(`${type} ${from} ${to}`, { type, left: from, right: to });
  }
  return {
    points: [...merged.values()],
    relations: [...united.values()],
    focus: focus === undefined ? undefined : known(focus),
    truncated,
  };
}

/** Only what is of some types; what is looked at stays. */
export function ofTypes(all: Relations, types: readonly string[] | undefined): Relations {
  if (types === undefined) return all;
  const points = all.points.filter(({ id, entity }) => id === all.focus || types.includes(entity));
  const kept = new Set(points.map(({ id }) => id));
  return { ...all, points, relations: all.relations.filter(({ left, right }) => kept.has(left) && kept.has(right)) };
}
