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
  /** When it changed last. */
  updated: string | undefined;
  /** What a run is called itself, where it is known by what it executed. */
  run: string | undefined;
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
      updated: node.updated,
      run: node.entity === "run" && node.function !== undefined ? node.name : undefined,
    })),
    relations: edges.map(({ type, source, dest }) => ({ type, left: dest, right: source })),
    focus,
    truncated,
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
