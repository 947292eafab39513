/** What names a document of a project. */
export interface Named {
  entity: string;
  project: string;
  /** Of one version, or of a run or trigger, which have no versions. */
  id?: string | undefined;
  name: string;
}

/** Where a document has its page, as the properties of a link. */
export interface Place {
  to: string;
  params: Record<string, string>;
  search?: Record<string, string | readonly string[]>;
}

const lists = {
  function: "functions",
  workflow: "workflows",
  dataitem: "dataitems",
  model: "models",
  artifact: "artifacts",
  run: "runs",
  trigger: "triggers",
  secret: "secrets",
} as const;

/** An entity that a project has a list of. */
export type Listed = keyof typeof lists;

/** The lists of a project, by entity: the segment of the URL, which is also the path of the API. */
export const listPaths: Readonly<Record<string, string>> = lists;

/** The list of an entity. */
export function listPlace(entity: Listed, project: string): Place {
  return { to: `/p/$project/${lists[entity]}`, params: { project } };
}

/** Entities whose pages are named by a name and show a version of it. */
const versioned = new Set(["function", "workflow", "dataitem", "model", "artifact"]);

/** The page of a name whose versions are kept: that of the latest. */
export function namePlace(entity: Listed, project: string, name: string): Place {
  return { to: `/p/$project/${lists[entity]}/$name`, params: { project, name } };
}

/** The page of a document; undefined for what has none. The id pins a version, without it the latest is shown. */
export function placeOf({ entity, project, id, name }: Named): Place | undefined {
  const list = Object.hasOwn(listPaths, entity) ? listPaths[entity] : undefined;
  if (list === undefined) return undefined;
  if (versioned.has(entity)) {
    return {
      to: `/p/$project/${list}/$name`,
      params: { project, name },
      ...(id !== undefined && { search: { v: id } }),
    };
  }
  if (entity === "secret") return { to: `/p/$project/${list}`, params: { project }, search: { show: name } };
  return id === undefined ? undefined : { to: `/p/$project/${list}/$id`, params: { project, id } };
}
