import type { Material, MaterialDoc } from "./material.ts";
import type { PageSearch } from "./page-search.ts";

/** What each part of the page is drawn from. */
export interface TabProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
  /** All versions of the name that are listed, newest first. */
  versions: readonly MaterialDoc[];
  search: PageSearch;
  onSearch: (search: PageSearch, replace?: boolean) => void;
}
