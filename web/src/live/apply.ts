import type { CacheKey } from "../api/keys.ts";

/** A change of one entity, as the feed tells it; a mutation's reply is told in the same words. */
export interface Change {
  /** 0 for a change that this page made itself and knows before the feed tells it. */
  seq: number;
  verb: "create" | "update" | "delete";
  entity: string;
  project: string;
  id: string;
  kind: string;
  name: string;
  state: string;
}

/** What a change does to one cached answer. */
export type Effect =
  | { do: "patch"; key: CacheKey; update: (data: unknown) => unknown }
  | { do: "refetch"; key: CacheKey }
  /** Rows wait behind a pill: the person has scrolled or selected. */
  | { do: "count"; key: CacheKey; id: string }
  | { do: "drop"; key: CacheKey };

/** A feature's rule: what a change means for one of its cached answers; undefined is nothing. */
export type LiveRule = (change: Change, key: CacheKey, data: unknown) => Effect | undefined;

/** The rules of all features, by the entity that changed; those of * hear every change. */
export type LiveRules = Readonly<Record<string, readonly LiveRule[]>>;

/** A cached answer. */
export interface Cached {
  key: CacheKey;
  data: unknown;
}

/**
 * What changes do to what is cached. Pure: it decides and does nothing. Later changes of the same entity make earlier
 * ones needless, and changes not newer than what was seen are left out, so that duplicates are harmless.
 */
export function apply(changes: readonly Change[], cached: readonly Cached[], rules: LiveRules, seen: number): Effect[] {
  const last = new Map<string, Change>();
  for (const change of changes) {
    if (change.seq !== 0 && change.seq <= seen) continue;
    const id = `${change.entity} ${change.project} ${change.id}`;
    const before = last.get(id);
    last.delete(id); // keeps the order of the last changes
    last.set(id, before?.verb === "create" && change.verb === "update" ? { ...change, verb: "create" } : change);
  }
  const effects = new Map<string, Effect>();
  const patches: Effect[] = [];
  for (const change of last.values()) {
    for (const rule of [...(rules[change.entity] ?? []), ...(rules["*"] ?? [])]) {
      for (const { key, data } of cached) {
        const effect = rule(change, key, data);
        if (effect === undefined) continue;
        if (effect.do === "patch") patches.push(effect);
        else
          effects.set(`${effect.do} ${JSON.stringify(effect.key)} ${effect.do === "count" ? effect.id : ""}`, effect);
      }
    }
  }
  return [...patches, ...effects.values()];
}

/** The highest number among changes and what was seen before. */
export function newest(changes: readonly Change[], seen: number): number {
  return changes.reduce((most, change) => Math.max(most, change.seq), seen);
}
