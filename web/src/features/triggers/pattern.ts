/** The parts of a lifecycle trigger's key: store://project/type/kind/name:id, where * stands for anything. */
export interface KeyParts {
  type: string;
  kind: string;
  name: string;
}

/** The types of entities that change state and are worth watching. */
export const watchable = ["dataitem", "model", "artifact", "run", "function"] as const;

/** The states that each type enters. */
export const statesOf: Readonly<Record<string, readonly string[]>> = {
  dataitem: ["CREATED", "UPLOADING", "READY", "ERROR", "DELETED"],
  model: ["CREATED", "UPLOADING", "READY", "ERROR", "DELETED"],
  artifact: ["CREATED", "UPLOADING", "READY", "ERROR", "DELETED"],
  run: ["CREATED", "BUILT", "READY", "PENDING", "RUNNING", "STOPPED", "COMPLETED", "ERROR", "DELETED"],
  function: ["CREATED", "READY", "DELETED"],
};

/** The state that is usually meant. */
export function usualState(type: string): string {
  return type === "run" ? "COMPLETED" : type === "function" ? "CREATED" : "READY";
}

/** Reads a key's parts; undefined if it says more than they do, such as an id or another project. */
export function readKey(key: string, project: string): KeyParts | undefined {
  const match = /^store:\/\/([^/]+)\/([^/]+)(?:\/([^/]*)(?:\/([^/:]*))?)?$/.exec(key);
  if (match === null || match[1] !== project) return undefined;
  const [, , type = "", kind, name] = match;
  if (!watchable.some((known) => known === type)) return undefined;
  return { type, kind: plainPart(kind), name: plainPart(name) };
}

/** Writes what readKey reads. */
export function writeKey({ type, kind, name }: KeyParts, project: string): string {
  return `store://${project}/${type}/${kind === "" ? "*" : kind}/${name === "" ? "*" : name}`;
}

function plainPart(part: string | undefined): string {
  return part === undefined || part === "*" ? "" : part;
}
