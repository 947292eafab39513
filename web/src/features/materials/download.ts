import type { Material } from "./material.ts";
import { placeOf } from "./queries.ts";

/** Saves a file of a version: the browser reads it from the address that the server gives for a while. */
export async function downloadFile(project: string, material: Material, id: string, sub: string, name: string) {
  const { url } = await placeOf(project, material, id, sub);
  if (url === undefined) return;
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.rel = "noreferrer";
  link.click();
}
