import { listPaths } from "../../entity/place.ts";

/** What an address where there is nothing was about. */
export interface Nearest {
  project: string;
  /** The list that would hold it. */
  list?: string;
  /** What it names. */
  name?: string;
}

/** Reads an address of a project, such as /p/demo/functions/train, as far as it makes sense. */
export function nearestTo(pathname: string): Nearest | undefined {
  const [, project, list, name] = /\/p\/([^/]+)(?:\/([^/]+)(?:\/([^/]+))?)?/.exec(pathname) ?? [];
  if (project === undefined) return undefined;
  const known = list !== undefined && Object.values(listPaths).includes(list);
  return {
    project: decoded(project),
    ...(known && { list }),
    ...(known && name !== undefined && { name: decoded(name) }),
  };
}

// An address may hold any text, also one that escapes nothing.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
