import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useLocation, useNavigate } from "@tanstack/react-router";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { RelationsTab } from "../../entity/lineage/RelationsTab.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { SpecYaml } from "../../entity/SpecYaml.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { JsonTree } from "../../ui/json/JsonTree.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { Tabs } from "../../ui/tabs/Tabs.tsx";
import { CodeTab } from "./CodeTab.tsx";
import { EventsTab } from "./EventsTab.tsx";
import { FiredBy } from "./FiredBy.tsx";
import { IoTab } from "./IoTab.tsx";
import { MetricsTab } from "./MetricsTab.tsx";
import { runs } from "./queries.ts";
import { ResourcesTab } from "./ResourcesTab.tsx";
import { actionOf, executableOf, type RunDoc, statusEntity } from "./run.ts";
import { RunDuration } from "./RunDuration.tsx";
import { RunHeader } from "./RunHeader.tsx";
import { RunLogs } from "./RunLogs.tsx";
import css from "./RunPage.module.css";
import { StateTimeline } from "./StateTimeline.tsx";
import { SummaryTab } from "./SummaryTab.tsx";
import { lineOf, type RunTab, tabOf, tabsOf } from "./tabs.ts";
import { WentWrong } from "./WentWrong.tsx";

const route = getRouteApi("/p/$project/runs/$id/{-$tab}");

/** One run: what it is, how it fares, why it failed, and all that it left behind. */
export function RunPage() {
  const m = useMessages();
  const f = useFormat();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const { project, id, tab: named } = route.useParams();
  const search = route.useSearch();
  const { data: run } = useSuspenseQuery(runs.detail(project, id));
  const asked = tabOf(named);
  const tab = tabsOf(run).includes(asked) ? asked : "summary";
  const { created } = run.metadata;
  const finished = run.status.finished_at;
  const go = (next: string) =>
    void navigate({
      to: "/p/$project/runs/$id/{-$tab}",
      params: { project, id, tab: next === "summary" ? undefined : next },
    });
  const toLine = (line: number) =>
    void navigate({
      to: "/p/$project/runs/$id/{-$tab}",
      params: { project, id, tab: "logs" },
      search,
      hash: `L${line}`,
      replace: true,
      resetScroll: false,
    });
  const toBeside = (beside: string | undefined) =>
    void navigate({
      to: "/p/$project/runs/$id/{-$tab}",
      params: { project, id, tab: "logs" },
      search: beside === undefined ? {} : { beside },
      resetScroll: false,
    });
  const toAttempt = (attempt: string) =>
    void navigate({
      to: "/p/$project/runs/$id/{-$tab}",
      params: { project, id, tab: "resources" },
      search: { attempt },
      resetScroll: false,
    });
  const labels = m.runs.page;
  const panel = (which: RunTab) => {
    switch (which) {
      case "summary":
        return <SummaryTab project={project} run={run} />;
      case "logs":
        return (
          <div className={css.log}>
            <RunLogs
              project={project}
              run={run}
              line={lineOf(hash)}
              onLine={toLine}
              beside={search.beside}
              onBeside={toBeside}
            />
          </div>
        );
      case "io":
        return <IoTab run={run} />;
      case "metrics":
        return <MetricsTab project={project} run={run} />;
      case "resources":
        return <ResourcesTab project={project} run={run} attempt={search.attempt} onAttempt={toAttempt} />;
      case "events":
        return <EventsTab run={run} view={search.events ?? "compact"} />;
      case "spec":
        return <SpecYaml entity="run" doc={run} label={labels.spec} />;
      case "code":
        return <CodeTab run={run} />;
      case "lineage":
        return <RelationsTab project={project} entity="run" doc={run} />;
      case "extensions":
        return <JsonTree label={labels.extensions} value={run.extensions ?? []} />;
      default:
        return which satisfies never;
    }
  };
  return (
    <Page
      title={run.name}
      breadcrumb={<Crumbs entity="run" project={project} />}
      meta={
        <>
          <StatusBadge state={run.status.state} entity={statusEntity(run.kind)} />
          <Executed project={project} run={run} />
        </>
      }
      actions={<RunHeader project={project} run={run} />}
    >
      <p className={css.facts}>
        {created !== undefined && (
          <span>{finished === undefined ? f.dateTime(created) : f.range(created, finished)}</span>
        )}
        <span>{run.user}</span>
        {run.status.trigger !== undefined && (
          <span>
            {m.runs.trigger} <FiredBy fired={run.status.trigger.job} />
          </span>
        )}
        <RunDuration run={run} />
      </p>
      {run.status.state === "DELETED" && (
        <Callout
          tone="warning"
          title={m.runs.why.gone}
          actions={
            <ButtonLink size="small" to="/p/$project/runs" params={{ project }}>
              {m.ui.view.toList(m.runs.noun.other)}
            </ButtonLink>
          }
        />
      )}
      <WentWrong project={project} run={run} tail={tab !== "logs"} />
      <StateTimeline run={run} />
      <Tabs
        label={labels.tabs}
        tabs={tabsOf(run).map((each) => ({ id: each, label: labels[each] }))}
        value={tab}
        onChange={go}
      >
        {panel(tab)}
      </Tabs>
    </Page>
  );
}

/** What the run executes, with the version's number once it is known. */
function Executed({ project, run }: { project: string; run: RunDoc }) {
  const of = executableOf(run);
  const { data: known } = useQuery(runs.executable(project, run.id));
  if (of === undefined) return null;
  const text = known?.version === undefined ? of.name : `${of.name} @v${known.version}`;
  return (
    <span className={css.executed}>
      {of.entity === "function" ? (
        <Link to="/p/$project/functions/$name" params={{ project, name: of.name }} search={{ v: of.id }}>
          {text}
        </Link>
      ) : (
        text
      )}
      {` · ${actionOf(run.kind)}`}
    </span>
  );
}
