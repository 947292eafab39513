import { useQuery } from "@tanstack/react-query";
import { type CacheEntity, key } from "../api/keys.ts";
import { LazyEditor } from "../forms/LazyEditor.tsx";
import { useMessages } from "../i18n/language.ts";
import { ErrorPanel } from "../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../ui/state/Skeleton.tsx";
import { toYaml } from "./export.ts";

interface SpecYamlProps {
  entity: CacheEntity;
  doc: { id: string; name: string; project: string; spec: unknown; metadata: { updated?: string | undefined } };
  /** What it is called; that it is the one of the document where nothing is said. */
  label?: string | undefined;
}

/** The specification of a version as YAML. */
export function SpecYaml({ entity, doc, label }: SpecYamlProps) {
  const m = useMessages();
  const name = label ?? m.functions.specOf(doc.name);
  const { data, error, refetch } = useQuery({
    queryKey: key(entity, doc.project, "settings", { yaml: doc.id, updated: doc.metadata.updated }),
    queryFn: () => toYaml([doc.spec]),
    staleTime: Infinity,
  });
  if (data === undefined)
    return error === null ? <SkeletonRows /> : <ErrorPanel error={error} what={name} onRetry={() => void refetch()} />;
  return <LazyEditor key={doc.id} label={name} language="yaml" value={data} readOnly />;
}
