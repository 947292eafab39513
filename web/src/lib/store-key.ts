/** What a key such as store://demo/model/sklearn/clf:1a2b names. */
export interface StoreKey {
  project: string;
  /** The type, in the singular. */
  entity: string;
  kind: string;
  name: string;
  /** The id of a version; without one the key names the newest. */
  id?: string;
}

/** Reads a key; undefined when it is none. */
export function parseStoreKey(text: string): StoreKey | undefined {
  const found = /^store:\/\/([^/\s]+)\/([^/\s]+)\/([^/\s]+)\/([^/:\s]+)(?::(\S+))?$/.exec(text);
  if (found === null) return undefined;
  const [, project = "", entity = "", kind = "", name = "", id] = found;
  return { project, entity: entity.replace(/s$/, ""), kind, name, ...(id !== undefined && { id }) };
}
