import { useQuery } from "@tanstack/react-query";
import { key } from "../../api/keys.ts";
import { toYaml } from "../../entity/export.ts";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { useMessages } from "../../i18n/language.ts";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import type { FunctionDoc } from "./queries.ts";

/** The specification of a version as YAML. */
export function SpecTab({ doc }: { doc: FunctionDoc }) {
  const m = useMessages();
  const { data } = useQuery({
    queryKey: key("function", doc.project, "settings", { yaml: doc.id, updated: doc.metadata.updated }),
    queryFn: () => toYaml([doc.spec]),
    staleTime: Infinity,
  });
  if (data === undefined) return <SkeletonRows />;
  return <LazyEditor key={doc.id} label={m.functions.specOf(doc.name)} language="yaml" value={data} readOnly />;
}
