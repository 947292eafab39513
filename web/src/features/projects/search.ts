import { oneText, present, type SearchValues } from "../../lib/search-params.ts";

export interface ProjectsSearch {
  name?: string;
  /** The dialog for a new project is open. */
  create?: boolean;
}

/** Reads the URL of the list of projects. */
export function parseProjects(values: SearchValues): ProjectsSearch {
  return present({
    name: oneText(values["name"]),
    create: values["create"] === "true" || values["create"] === true ? true : undefined,
  });
}
