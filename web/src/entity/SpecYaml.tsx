import { useQuery } from "@tanstack/react-query";
import { type CacheEntity, key } from "../api/keys.ts";
import { LazyEditor } from "../forms/LazyEditor.tsx";
import { useMessages } from "../i18n/language.ts";
import { SkeletonRows } from "../ui/state/Skeleton.tsx";
import { toYaml } from "./export.ts";

interface SpecYamlProps {
  entity: CacheEntity;
  doc: { id: string; name: string; project: string; spec: unknown; metadata: { updated: string } };
}

/** The specification of a version as YAML. */
export function SpecYaml({ entity, doc }: SpecYamlProps) {
  const m = useMessages();
  const { data } = useQuery({
    queryKey: key(entity, doc.project, "settings", { yaml: doc.id, updated: doc.metadata.updated }),
    queryFn: () => toYaml([doc.spec]),
    staleTime: Infinity,
  });
  if (data === undefined) return <SkeletonRows />;
  return <LazyEditor key={doc.id} label={m.functions.specOf(doc.name)} language="yaml" value={data} readOnly />;
}
