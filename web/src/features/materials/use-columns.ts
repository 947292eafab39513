import { useQuery } from "@tanstack/react-query";
import { settled } from "../../ui/state/settled.ts";
import { isThere, type Material, type MaterialDoc } from "./material.ts";
import { stored } from "./queries.ts";
import { fieldsFound, fieldsOf } from "./schema.ts";

/** The columns of a version: those it tells, else those that a look into its file finds. */
export function useColumns(project: string, material: Material, doc: MaterialDoc | undefined) {
  const told = doc === undefined ? undefined : fieldsOf(doc);
  const look = useQuery({
    ...stored.preview(project, material, doc?.id ?? "", ""),
    enabled: doc !== undefined && told === undefined && isThere(doc),
  });
  const state = told === undefined && doc !== undefined && isThere(doc) ? look : settled;
  const seen = told === undefined ? fieldsFound(look.data?.table?.columns) : undefined;
  return { fields: told ?? seen, found: seen !== undefined, state };
}
