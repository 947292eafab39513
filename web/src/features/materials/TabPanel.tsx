import { RelationsTab } from "../../entity/lineage/RelationsTab.tsx";
import { SpecYaml } from "../../entity/SpecYaml.tsx";
import { useMessages } from "../../i18n/language.ts";
import { JsonTree } from "../../ui/json/JsonTree.tsx";
import { FilesTab } from "./FilesTab.tsx";
import { entityOf } from "./material.ts";
import { MetricsTab } from "./MetricsTab.tsx";
import { PreviewTab } from "./PreviewTab.tsx";
import { SchemaTab } from "./SchemaTab.tsx";
import { SummaryTab } from "./SummaryTab.tsx";
import type { TabProps } from "./tab-props.ts";
import type { MaterialTab } from "./tabs.ts";

/** The part of the page that is chosen. */
export function TabPanel({ tab, kindTitle, ...props }: TabProps & { tab: MaterialTab; kindTitle: string }) {
  const m = useMessages();
  switch (tab) {
    case "summary":
      return <SummaryTab {...props} kindTitle={kindTitle} />;
    case "preview":
      return <PreviewTab {...props} />;
    case "schema":
      return <SchemaTab {...props} />;
    case "files":
      return <FilesTab {...props} />;
    case "metrics":
      return <MetricsTab {...props} />;
    case "lineage":
      return <RelationsTab project={props.project} entity={entityOf(props.material)} doc={props.doc} />;
    case "spec":
      return <SpecYaml entity={entityOf(props.material)} doc={props.doc} />;
    case "extensions":
      return <JsonTree label={m.materials.tabs.extensions} value={props.doc.extensions} />;
  }
}
