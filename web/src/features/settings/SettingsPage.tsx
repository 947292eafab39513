import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { Tabs } from "../../ui/tabs/Tabs.tsx";
import { Danger } from "./Danger.tsx";
import { General } from "./General.tsx";
import { LabelsTab } from "./LabelsTab.tsx";
import { Limits } from "./Limits.tsx";
import { settings } from "./queries.ts";
import { Saved } from "./Saved.tsx";

const route = getRouteApi("/p/$project/settings/{-$tab}");
const tabs = ["general", "labels", "limits", "saved", "danger"] as const;

/** The settings of a project. */
export function SettingsPage() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project, ...params } = route.useParams();
  const tab = tabs.find((each) => each === params.tab) ?? "general";
  const { data } = useSuspenseQuery(settings.project(project));
  return (
    <Page title={m.settings.title} meta={project}>
      <Tabs
        label={m.settings.title}
        tabs={tabs.map((id) => ({ id, label: m.settings.tabs[id] }))}
        value={tab}
        onChange={(next) => void navigate({ to: "/p/$project/settings/{-$tab}", params: { project, tab: next } })}
      >
        {tab === "general" && <General key={project} project={project} stored={data.doc} />}
        {tab === "labels" && <LabelsTab key={project} project={project} />}
        {tab === "limits" && <Limits project={project} />}
        {tab === "saved" && <Saved project={project} />}
        {tab === "danger" && <Danger project={project} />}
      </Tabs>
    </Page>
  );
}
