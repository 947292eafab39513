import type { Material } from "../material.ts";

/** What is known of a file before it is sent. */
export interface Candidate {
  /** With its folders, where a folder was dropped. */
  name: string;
  size: number;
  /** How it begins, where that tells the kind. */
  head?: string | undefined;
}

const mebi = 1024 * 1024;
const smallestPart = 5 * mebi; // no store takes smaller ones
const mostParts = 10_000;

/** A name for what files hold: that of the only file, or of the folder that all lie in, without what names cannot hold. */
export function proposeName(files: readonly Candidate[]): string {
  const [first] = files;
  if (first === undefined) return "";
  const [folder = ""] = first.name.split("/");
  const inFolder = files.every(({ name }) => name.startsWith(`${folder}/`));
  const whole = inFolder ? folder : (first.name.split("/").at(-1) ?? "");
  const bare = inFolder ? whole : whole.replace(/(?<=.)\.[A-Za-z0-9]{1,8}(\.gz)?$/, "");
  return bare
    .normalize("NFKD")
    .replaceAll(/[^\w.+-]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}

const tables = /\.(csv|tsv|tab|jsonl|ndjson)(\.gz)?$|\.(parquet|pq)$/i;

/** The kind that files look like, of those that the server has; the plainest one when they look like nothing. */
export function proposeKind(material: Material, files: readonly Candidate[], kinds: readonly string[]): string {
  const any = (pattern: RegExp) => files.some(({ name }) => pattern.test(name));
  const looks: Record<Material, readonly (readonly [kind: string, fits: boolean])[]> = {
    dataitems: [
      ["croissant", files.some(({ head }) => head?.includes("mlcommons.org/croissant") ?? false)],
      ["table", files.length > 0 && files.every(({ name }) => tables.test(name))],
      ["dataitem", true],
    ],
    models: [
      ["mlflow", any(/(^|\/)MLmodel$/)],
      ["huggingface", any(/\.safetensors$/) || (any(/(^|\/)config\.json$/) && any(/tokenizer/))],
      ["onnx", any(/\.onnx$/i)],
      ["tflite", any(/\.tflite$/i)],
      ["sklearn", any(/\.(pkl|joblib)$/i)],
      ["model", true],
    ],
    artifacts: [["artifact", true]],
  };
  return looks[material].find(([kind, fits]) => fits && kinds.includes(kind))?.[0] ?? kinds[0] ?? "";
}

/** A piece of a file, from one byte up to another. */
export interface Part {
  number: number;
  from: number;
  to: number;
}

/** The parts that a file is sent in; a small one goes whole. */
export function partsOf(size: number): readonly Part[] {
  if (size <= smallestPart) return [{ number: 1, from: 0, to: size }];
  const each = Math.max(smallestPart, Math.ceil(size / mostParts / mebi) * mebi);
  return Array.from({ length: Math.ceil(size / each) }, (_, index) => ({
    number: index + 1,
    from: index * each,
    to: Math.min(size, (index + 1) * each),
  }));
}

/** The path of a version whose files are sent: of one file its own, of several that of the folder they lie in. */
export function versionPath(firstPath: string, files: readonly Candidate[]): string {
  const [first] = files;
  if (files.length === 1 && first !== undefined && !first.name.includes("/")) return firstPath;
  return firstPath.slice(0, firstPath.length - (first?.name.length ?? 0));
}
