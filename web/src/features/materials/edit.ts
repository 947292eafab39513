import { api, body, tagged } from "../../api/client.ts";
import { documentOf, type EntityDocument } from "../../entity/edit/document.ts";
import type { Stored } from "../../entity/edit/EditEntity.tsx";
import { versionName } from "../../entity/version.ts";
import type { Material, MaterialDoc } from "./material.ts";
import { pathOf } from "./paths.ts";

/** Writes a new one, or a version of the name if there is one. */
export function createMaterial(project: string, material: Material, document: EntityDocument, dryRun: boolean) {
  const query = dryRun ? { dryRun } : {};
  return body(
    api.POST(pathOf(material, "/api/v1/-/{project}/dataitems"), {
      params: { path: { project }, query },
      body: { ...document },
    }),
  );
}

/** Writes a version. What a write leaves out of the status is forgotten, so it is sent as it is. */
export async function updateMaterial(
  project: string,
  material: Material,
  id: string,
  document: EntityDocument,
  tag: string,
) {
  const { doc } = await readMaterial(project, material, id);
  return body(
    api.PUT(pathOf(material, "/api/v1/-/{project}/dataitems/{id}"), {
      params: { path: { project, id }, header: { "If-Match": tag } },
      body: { ...document, status: doc.status },
    }),
  );
}

/** A version with the tag that a write of it rests on. */
export interface StoredMaterial extends Stored {
  doc: MaterialDoc;
}

/** Reads a version to be edited. */
export async function readMaterial(project: string, material: Material, id: string): Promise<StoredMaterial> {
  const { data, tag } = await tagged(
    api.GET(pathOf(material, "/api/v1/-/{project}/dataitems/{id}"), { params: { path: { project, id } } }),
  );
  return { id: data.id, tag, version: versionName(data), document: documentOf(data), doc: data };
}
