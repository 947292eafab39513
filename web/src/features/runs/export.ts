import type { Json } from "../../lib/json.ts";
import type { RunDoc } from "./run.ts";

// The writer comes when it is needed.
async function yaml(value: unknown): Promise<string> {
  const { writeYaml } = await import("../../forms/yaml-text.ts");
  return writeYaml(JSON.parse(JSON.stringify(value)) as Json);
}

/** The specification of a run as YAML. */
export function specYaml(run: RunDoc): Promise<string> {
  return yaml(run.spec);
}

/** Saves the run as a YAML file. */
export async function downloadYaml(run: RunDoc): Promise<void> {
  const href = URL.createObjectURL(new Blob([await yaml(run)], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = `run-${run.name}.yaml`;
  link.click();
  URL.revokeObjectURL(href);
}
