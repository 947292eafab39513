import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { session } from "../../../api/session.ts";
import { entityOf, type Material, type MaterialDoc } from "../material.ts";
import { stored, versionsListed } from "../queries.ts";
import type { ChosenFile } from "./chosen.ts";
import { UploadDialog } from "./UploadDialog.tsx";

interface UploadDialogUse {
  project: string;
  material: Material;
  /** Whether the URL asks for it. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
  next?: MaterialDoc | undefined;
}

/** The upload dialog of a page, which files that are dropped anywhere on it open too; then the version's page. */
export function useUploadDialog({ project, material, open, onOpenChange, next }: UploadDialogUse): {
  dialog: ReactNode;
  take: (files: ChosenFile[]) => void;
} {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: config } = useQuery(session.config());
  const [dropped, setDropped] = useState<readonly ChosenFile[]>([]);
  const kinds = (config?.kinds ?? []).filter((kind) => kind.entity === entityOf(material));
  const close = () => {
    setDropped([]);
    onOpenChange(false);
  };
  const started = async ({ name }: MaterialDoc) => {
    await queries.fetchQuery({ ...stored.versions(project, material, name, versionsListed), staleTime: 0 });
    setDropped([]);
    void navigate({ to: "/p/$project/$material/$name", params: { project, material, name } });
  };
  return {
    dialog: open && config !== undefined && (
      <UploadDialog
        project={project}
        material={material}
        kinds={kinds}
        dropped={dropped}
        next={next}
        onClose={close}
        onStarted={(doc) => void started(doc)}
      />
    ),
    take: (files) => {
      setDropped(files);
      onOpenChange(true);
    },
  };
}
