import { parseSorts } from "../../lib/sort.ts";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the list of secrets is filtered by. */
export interface SecretFilter {
  name?: string;
  label?: readonly string[];
  /** Its order, where it is not the usual one (lib/sort.ts). */
  sort?: readonly string[];
}

const sortable = ["name", "updated", "updatedBy"];

/** By name, unless asked otherwise. */
export const usualSort = ["name,asc"];

/** What the URL of the list of secrets holds. */
export interface SecretsSearch extends SecretFilter {
  /** The secret that is shown beside the list, by name. */
  show?: string;
  /** The secret that is edited, by name. */
  edit?: string;
  /** The dialog for a new secret is open. */
  create?: boolean;
}

/** Reads the URL; what it does not know is dropped. */
export function parseSecrets(values: SearchValues): SecretsSearch {
  return present({
    name: oneText(values["name"]),
    label: texts(values["label"]),
    sort: parseSorts(values["sort"], sortable),
    show: oneText(values["show"]),
    edit: oneText(values["edit"]),
    create: values["create"] === "true" || values["create"] === true ? true : undefined,
  });
}

/** The filters among it, as the tokens of the filter bar. */
export function toTokens({ name, label }: SecretsSearch): FilterValues {
  return present({ name: name === undefined ? undefined : [name], label }) as FilterValues;
}

/** The tokens of the filter bar as the filters. */
export function fromTokens(values: FilterValues): SecretFilter {
  return present({ name: values["name"]?.[0], label: values["label"] });
}

/** The server's query of a filter. */
export function toQuery({ name, label, sort }: { [Name in keyof SecretFilter]: SecretFilter[Name] | undefined }) {
  return {
    sort: [...(sort ?? usualSort)],
    ...present({ q: name, labels: label === undefined ? undefined : [...label] }),
  };
}
