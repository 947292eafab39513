/** A file that a person has chosen, with its folders where a folder was dropped. */
export interface ChosenFile {
  name: string;
  file: File;
}

const headBytes = 4096;

/** The files that were chosen in a dialog of the browser. */
export function filesOf(list: FileList | null): ChosenFile[] {
  return [...(list ?? [])].map((file) => ({
    name: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath,
    file,
  }));
}

/** The files that were dropped, those in folders too. */
export async function filesDropped(data: DataTransfer): Promise<ChosenFile[]> {
  // The entries must be taken before anything is waited for.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return filesOf(data.files);
  return (await Promise.all(entries.map((entry) => filesIn(entry, "")))).flat();
}

async function filesIn(entry: FileSystemEntry, folder: string): Promise<ChosenFile[]> {
  const name = folder + entry.name;
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ name, file }];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const found: ChosenFile[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map((inner) => filesIn(inner, `${name}/`)))).flat());
  }
}

/** How a small text begins, where that may tell its kind. */
export async function headOf({ name, file }: ChosenFile): Promise<string | undefined> {
  return /\.json(ld)?$/i.test(name) ? file.slice(0, headBytes).text() : undefined;
}
