import { parseSorts } from "../../lib/sort.ts";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the list of projects is filtered by. */
export interface ProjectFilter {
  name?: string;
  label?: readonly string[];
  /** Who made it. */
  owner?: string;
  /** Its order, where it is not the usual one (lib/sort.ts). */
  sort?: readonly string[];
}

const sortable = ["name", "updated", "createdBy"];

/** Newest changes first, unless asked otherwise. */
export const usualSort = ["updated,desc"];

export interface ProjectsSearch extends ProjectFilter {
  /** The dialog for a new project is open. */
  create?: boolean;
}

/** Reads the URL of the list of projects. */
export function parseProjects(values: SearchValues): ProjectsSearch {
  return present({
    name: oneText(values["name"]),
    label: texts(values["label"]),
    owner: oneText(values["owner"]),
    sort: parseSorts(values["sort"], sortable),
    create: values["create"] === "true" || values["create"] === true ? true : undefined,
  });
}

/** The filter of the URL, without what else is in there. */
export function filterOf({ name, label, owner, sort }: ProjectsSearch): ProjectFilter {
  return present({ name, label, owner, sort });
}

/** The filter as the tokens of the filter bar. */
export function toTokens({ name, label, owner }: ProjectFilter): FilterValues {
  return present({ name: name && [name], label, owner: owner && [owner] }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): ProjectFilter {
  return present({ name: values["name"]?.[0], label: values["label"], owner: values["owner"]?.[0] });
}
