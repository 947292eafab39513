import type { Schema } from "../../api/client.ts";
import { EntityLink } from "../EntityLink.tsx";

/** The way to the page of what a lineage names; what is gone is only its name. */
export function NodeLink({ node }: { node: Schema<"LineageNode"> }) {
  const { entity, function: executed, name, missing } = node;
  const label = entity === "run" && executed !== undefined ? `${executed} ${name.slice(0, 8)}` : name;
  return missing === true ? <span>{label}</span> : <EntityLink of={node}>{label}</EntityLink>;
}
