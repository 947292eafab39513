import type { Json } from "../lib/json.ts";

// The writer comes when it is needed.
async function write(value: unknown): Promise<string> {
  const { writeYaml } = await import("../forms/yaml-text.ts");
  return writeYaml(JSON.parse(JSON.stringify(value)) as Json);
}

/** Writes documents as YAML, parted by lines of three dashes. */
export async function toYaml(documents: readonly unknown[]): Promise<string> {
  return (await Promise.all(documents.map(write))).join("---\n");
}

/** Saves documents as one YAML file. */
export async function downloadYaml(file: string, documents: readonly unknown[]): Promise<void> {
  const href = URL.createObjectURL(new Blob([await toYaml(documents)], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = `${file}.yaml`;
  link.click();
  URL.revokeObjectURL(href);
}
