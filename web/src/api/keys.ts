/** The entities of the change feed, and what is cached beside them. */
export type CacheEntity =
  | "project"
  | "function"
  | "workflow"
  | "task"
  | "run"
  | "dataitem"
  | "artifact"
  | "model"
  | "secret"
  | "trigger"
  | "label"
  | "log"
  | "schema"
  | "session"
  | "summary"
  | "lineage"
  | "search";

/** Which part of an entity is cached: lists, one document, its versions, numbers about it, all names, changes to take in. */
export type CacheScope = "list" | "detail" | "versions" | "count" | "names" | "settings" | "changes";

/** The one grammar of cache keys; "" is no project. */
export type CacheKey = readonly [
  entity: CacheEntity,
  project: string,
  scope: CacheScope,
  params: Readonly<Record<string, unknown>>,
];

/** Makes a key; nothing else may. */
export function key(
  entity: CacheEntity,
  project: string,
  scope: CacheScope,
  params: Readonly<Record<string, unknown>> = {},
): CacheKey {
  return [entity, project, scope, params];
}

/** Reads a key of the cache back; anything else in there is not ours. */
export function asKey(queryKey: readonly unknown[]): CacheKey | undefined {
  const [entity, project, scope, params] = queryKey;
  if (queryKey.length !== 4 || typeof entity !== "string" || typeof project !== "string" || typeof scope !== "string")
    return undefined;
  return [
    entity as CacheEntity,
    project,
    scope as CacheScope,
    typeof params === "object" && params !== null ? { ...params } : {},
  ];
}
