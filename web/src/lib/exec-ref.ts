/** What a reference to a version of a function or workflow names: python://project/name:id. */
export interface ExecRef {
  kind: string;
  name: string;
  id: string;
}

/** Reads a reference; undefined for what is none. */
export function parseExecRef(reference: unknown): ExecRef | undefined {
  const [, kind, name, id] =
    (typeof reference === "string" && /^([^:]+):\/\/[^/]+\/(.+):([^:]+)$/.exec(reference)) || [];
  return kind === undefined || name === undefined || id === undefined ? undefined : { kind, name, id };
}
