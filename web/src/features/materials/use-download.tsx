import { type ReactNode, useState } from "react";
import { errorText } from "../../api/error.ts";
import { useToast } from "../../ui/toast/toast.ts";
import { downloadFile } from "./download.ts";
import type { Material, MaterialDoc } from "./material.ts";
import { NoFileDialog, saysNoFile } from "./NoFile.tsx";

interface Downloading {
  project: string;
  material: Material;
  doc: MaterialDoc;
}

/** A file of a version to be saved. */
interface Wanted {
  /** Where it lies below the version's own path, as the server is asked for it. */
  sub: string;
  /** What it is saved as. */
  name: string;
  /** What it is called among several; undefined where the version is one file. */
  file?: string;
}

/** Saves files of a version, and the dialog that says so when one of them is not where the version says. */
export function useDownload({ project, material, doc }: Downloading): {
  save: (wanted: Wanted) => void;
  dialog: ReactNode;
} {
  const toast = useToast();
  const [missing, setMissing] = useState<Wanted | undefined>(undefined);
  const save = (wanted: Wanted) =>
    void downloadFile(project, material, doc.id, wanted.sub, wanted.name).catch((error: unknown) => {
      if (saysNoFile(error)) setMissing(wanted);
      else toast({ tone: "error", text: errorText(error) });
    });
  const dialog = missing !== undefined && (
    <NoFileDialog
      project={project}
      material={material}
      doc={doc}
      file={missing.file}
      onClose={() => setMissing(undefined)}
    />
  );
  return { save, dialog };
}
