import type { FileInfo } from "./queries.ts";

/** What one folder of a version's files shows: its folders, then its files. */
export type FolderEntry =
  | { is: "folder"; name: string; path: string; files: number; bytes: number }
  | { is: "file"; name: string; path: string; info: FileInfo };

/** The entries of a folder, by name. A path without a folder before it lies at the top. */
export function entriesOf(files: readonly FileInfo[], dir: string): readonly FolderEntry[] {
  const prefix = dir === "" ? "" : `${dir}/`;
  const folders = new Map<string, { files: number; bytes: number }>();
  const own: FolderEntry[] = [];
  for (const info of files) {
    const path = info.path ?? info.name ?? "";
    if (path === "" || !path.startsWith(prefix)) continue;
    const [name = "", ...below] = path.slice(prefix.length).split("/");
    if (below.length === 0) own.push({ is: "file", name, path, info });
    else {
      const sum = folders.get(name) ?? { files: 0, bytes: 0 };
      folders.set(name, { files: sum.files + 1, bytes: sum.bytes + (info.size ?? 0) });
    }
  }
  const byName = (a: FolderEntry, b: FolderEntry) => a.name.localeCompare(b.name);
  return [
    ...[...folders]
      .map(([name, sum]): FolderEntry => ({ is: "folder", name, path: prefix + name, ...sum }))
      .toSorted(byName),
    ...own.toSorted(byName),
  ];
}

/** The folders above a path, outermost first, each with its own path. */
export function waysTo(dir: string): readonly { name: string; path: string }[] {
  if (dir === "") return [];
  const names = dir.split("/");
  return names.map((name, index) => ({ name, path: names.slice(0, index + 1).join("/") }));
}

/** When a file was changed, in whichever form its store says it; what is no moment stays as it is. */
export function momentOf(changed: string): string {
  const at = new Date(changed);
  return Number.isNaN(at.getTime()) ? changed : at.toISOString();
}
