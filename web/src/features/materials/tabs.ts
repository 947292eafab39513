import type { Material } from "./material.ts";

/** The parts of a page, in their order. */
export type MaterialTab = "summary" | "preview" | "schema" | "files" | "metrics" | "lineage" | "spec" | "extensions";

interface Tabbed {
  kind: string;
  spec: Record<string, unknown>;
  extensions?: readonly unknown[] | undefined;
}

/** Which parts the page of a version has: tables are looked into, models are measured (console.md 1.5). */
export function tabsOf(material: Material, doc: Tabbed): readonly MaterialTab[] {
  const table = material === "dataitems" && (doc.kind === "table" || doc.spec["schema"] !== undefined);
  return [
    "summary",
    ...(table ? (["preview", "schema"] as const) : []),
    "files",
    ...(material === "models" ? (["metrics"] as const) : []),
    "lineage",
    "spec",
    ...((doc.extensions ?? []).length > 0 ? (["extensions"] as const) : []),
  ];
}
