import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** How far a lineage may reach. */
export const depths = ["1", "2", "3", "4", "5", "6"] as const;
export const directions = ["up", "down"] as const;

/** The URL of the lineage: what is looked at, how far, and how it is shown. */
export interface LineageSearch {
  /** The key of what is looked at; without one, the whole project. */
  key?: string;
  depth?: string;
  direction?: "up" | "down";
  entity?: readonly string[];
  /** Each version by itself; without it, a name is one node. */
  versions?: "each";
  view?: "list";
}

/** Reads the URL of the lineage; what it does not know is dropped. */
export function parseLineage(values: SearchValues): LineageSearch {
  const depth = oneText(values["depth"]);
  return present({
    key: oneText(values["key"]),
    depth: depths.find((known) => known === depth && known !== usualDepth),
    direction: directions.find((known) => known === values["direction"]),
    entity: texts(values["entity"]),
    versions: values["versions"] === "each" ? ("each" as const) : undefined,
    view: values["view"] === "list" ? ("list" as const) : undefined,
  });
}

/** How far a lineage reaches where the URL says nothing. */
export const usualDepth = "2";

/** The filter as the tokens of the filter bar. */
export function toTokens({ depth, direction, entity }: LineageSearch): FilterValues {
  return present({
    depth: depth === undefined ? undefined : [depth],
    direction: direction === undefined ? undefined : [direction],
    entity,
  }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): LineageSearch {
  return parseLineage({
    depth: values["depth"]?.[0],
    direction: values["direction"]?.[0],
    entity: values["entity"] === undefined ? undefined : [...values["entity"]],
  });
}
