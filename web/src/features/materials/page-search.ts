import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";

/** The URL of a version's page: what is shown of it. */
export interface PageSearch {
  /** The version; without it the newest. */
  v?: string;
  tab?: string;
  /** The folder that is open in Files, and the file that is looked into. */
  dir?: string;
  file?: string;
  /** The versions that this one is compared with. */
  with?: readonly string[];
  /** Columns whose name holds this. */
  find?: string;
  /** The column that is looked into. */
  column?: string;
  upload?: boolean;
}

const single = ["v", "dir", "file", "find", "column"] as const;

/** Reads the URL of the page; the newest version and the first tab are left out of it. */
export function parsePage(values: SearchValues): PageSearch {
  const tab = oneText(values["tab"]);
  return present({
    ...Object.fromEntries(single.map((name) => [name, oneText(values[name])])),
    tab: tab === "summary" ? undefined : tab,
    with: texts(values["with"]),
    upload: String(values["upload"]) === "true" ? true : undefined,
  });
}

/** The URL of another version at the same tab: what belonged to the old one alone is left behind. */
export function atVersion(search: PageSearch, id: string | undefined): PageSearch {
  return present({ v: id, tab: search.tab, find: search.find });
}
