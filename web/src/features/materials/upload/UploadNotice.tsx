import type { Material, MaterialDoc } from "../material.ts";
import { BrokenUpload } from "./BrokenUpload.tsx";
import { useUploads } from "./list.ts";
import { UploadCard } from "./UploadCard.tsx";

/** What a page says of the upload of its version: how far it is, or that nobody sends it any more. */
export function UploadNotice({ project, material, doc }: { project: string; material: Material; doc: MaterialDoc }) {
  const own = useUploads().find(({ id }) => id === doc.id);
  if (own !== undefined && own.phase !== "done") return <UploadCard upload={own} />;
  if (own !== undefined || !["UPLOADING", "ERROR"].includes(doc.status.state)) return null;
  return <BrokenUpload project={project} material={material} doc={doc} />;
}
