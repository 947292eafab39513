import type { Schema } from "../../api/client.ts";

/** What a project keeps beside functions and runs, by the word in its URLs. The three have one shape. */
export const materials = ["dataitems", "models", "artifacts"] as const;

export type Material = (typeof materials)[number];

/** Whether a word of a URL is one of the three. */
export function isMaterial(word: string): word is Material {
  return materials.some((known) => known === word);
}

/** The type in keys, in the change feed and in schemas. */
export type MaterialEntity = "dataitem" | "model" | "artifact";

const entities = { dataitems: "dataitem", models: "model", artifacts: "artifact" } as const;

export function entityOf(material: Material): MaterialEntity {
  return entities[material];
}

/** The word in URLs for a type; undefined for a type that is none of the three. */
export function materialOf(entity: string): Material | undefined {
  return materials.find((material) => entities[material] === entity);
}

/** A version of a data item, model or artifact. */
export type MaterialDoc = Schema<"DataItem">;

// That the three are alike is checked here: one that grows another field does not compile.
type Fits<T extends MaterialDoc> = T;
export type Alike = [Fits<Schema<"Model">>, Fits<Schema<"Artifact">>];

/** The states of a version, for the filter. */
export const materialStates = ["CREATED", "UPLOADING", "READY", "ERROR"] as const;

/** How many files a version has and how large they are together, where its list of files is known. */
export function sizeOf(doc: MaterialDoc): { files: number; bytes: number } | undefined {
  const { files } = doc.status;
  if (files === undefined || files.length === 0) return undefined;
  return { files: files.length, bytes: files.reduce((sum, file) => sum + (file.size ?? 0), 0) };
}

/** How many rows a table has, where whoever stored it counted them. */
export function rowsOf(doc: MaterialDoc): number | undefined {
  const rows = doc.status.preview?.["rows"];
  return typeof rows === "number" ? rows : undefined;
}

/** The key of the run that made a version. */
export function producerOf(doc: MaterialDoc): string | undefined {
  return doc.metadata.relationships?.find(({ type, dest }) => type === "produced_by" && dest !== undefined)?.dest;
}

/** A text that a spec holds; undefined where it holds none. */
export function specText(doc: MaterialDoc, name: string): string | undefined {
  const value = doc.spec[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether the files of a version can be looked into: while they are sent, and when they never arrived, they cannot. */
export function isThere(doc: MaterialDoc): boolean {
  return !["UPLOADING", "ERROR"].includes(doc.status.state);
}
