import type { Schema } from "../../api/client.ts";
import { EntityLink } from "../EntityLink.tsx";

/** The way to the page of what a lineage names; what is gone is only its name. */
export function NodeLink({ node }: { node: Schema<"LineageNode"> }) {
  const { entity, function: executed, key, name, missing } = node;
  // A run without a name of its own has its id for one.
  const label =
    entity === "run" && executed !== undefined ? `${executed} ${key.endsWith(name) ? name.slice(0, 8) : name}` : name;
  return missing === true ? <span>{label}</span> : <EntityLink of={node}>{label}</EntityLink>;
}
