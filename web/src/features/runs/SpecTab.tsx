import { useQuery } from "@tanstack/react-query";
import { key } from "../../api/keys.ts";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { useMessages } from "../../i18n/language.ts";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { specYaml } from "./export.ts";
import type { RunDoc } from "./run.ts";

/** The run's specification, that of run, task and function together, as YAML. */
export function SpecTab({ run }: { run: RunDoc }) {
  const m = useMessages();
  const { data } = useQuery({
    queryKey: key("run", run.project, "settings", { yaml: run.id, updated: run.metadata.updated }),
    queryFn: () => specYaml(run),
    staleTime: Infinity,
  });
  if (data === undefined) return <SkeletonRows />;
  return <LazyEditor label={m.runs.page.spec} language="yaml" value={data} readOnly />;
}
