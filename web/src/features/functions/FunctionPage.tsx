import { useInfiniteQuery, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { session } from "../../api/session.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { RelationsTab } from "../../entity/lineage/RelationsTab.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { SpecYaml } from "../../entity/SpecYaml.tsx";
import { versionName, versionNumber } from "../../entity/version.ts";
import { VersionPage } from "../../entity/VersionPage.tsx";
import type { ListedVersion } from "../../entity/VersionsPanel.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { triggers } from "../triggers/queries.ts";
import { About } from "./About.tsx";
import { ActionTab } from "./ActionTab.tsx";
import { actionLabel } from "./action-label.ts";
import { CodeTab } from "./CodeTab.tsx";
import { FunctionHeader } from "./FunctionHeader.tsx";
import { LastRun } from "./LastRun.tsx";
import { tabOf } from "./page-search.ts";
import { type FunctionDoc, functions, versionsListed } from "./queries.ts";
import { SummaryTab } from "./SummaryTab.tsx";
import { TriggersTab } from "./TriggersTab.tsx";

const route = getRouteApi("/p/$project/functions/$name");

/** One version of a function: what it is, its code, and its runs by action, beside all versions of its name. */
export function FunctionPage() {
  const m = useMessages();
  const { project, name } = route.useParams();
  const { v } = route.useSearch();
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, versionsListed));
  const [latest] = versions.content;
  const listed = v === undefined ? latest : versions.content.find((each) => each.id === v);
  const unlisted = useQuery({
    ...functions.detail(project, v ?? ""),
    // Where the list holds all versions, one that it lacks is gone.
    enabled: v !== undefined && listed === undefined && versions.totalElements > versions.content.length,
  });
  const doc = listed ?? unlisted.data;
  if (doc === undefined) {
    return (
      <Page title={name} breadcrumb={<Crumbs entity="function" project={project} />}>
        <EmptyState
          title={m.ui.view.notFoundTitle}
          help={m.ui.view.notFoundHelp}
          action={
            latest !== undefined && (
              <ButtonLink to="/p/$project/functions/$name" params={{ project, name }}>
                {m.functions.toLatest}
              </ButtonLink>
            )
          }
        />
      </Page>
    );
  }
  return <Version doc={doc} versions={versions.content} total={versions.totalElements} />;
}

interface VersionProps {
  doc: FunctionDoc;
  versions: readonly FunctionDoc[];
  total: number;
}

function Version({ doc, versions, total }: VersionProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const { project, name } = route.useParams();
  const search = route.useSearch();
  const { data: config } = useQuery(session.config());
  const kind = config?.kinds.find((known) => known.entity === "function" && known.kind === doc.kind);
  const actions = [...(kind?.actions ?? [])].toSorted();
  const hasCode = doc.spec["source"] !== undefined;
  const tab = tabOf(search.tab, actions, hasCode);
  // A page asks three questions at most: tabs with questions of their own show what is known already.
  const isAction = actions.includes(tab);
  const { data: triggered } = useInfiniteQuery({
    ...triggers.list(project, { function: name }),
    enabled: !isAction && tab !== "lineage",
  });
  const triggerCount = triggered?.pages[0]?.totalElements;
  const tabs = [
    { id: "summary", label: m.functions.summary },
    ...(hasCode ? [{ id: "code", label: m.functions.code }] : []),
    { id: "spec", label: m.functions.spec },
    ...actions.map((action) => ({ id: action, label: actionLabel(m, action) })),
    { id: "triggers", label: m.functions.triggers, count: triggerCount },
    { id: "lineage", label: m.functions.lineage },
  ];
  /** The URL of a version, at the tab that is shown. */
  const at = (version: { id: string }, newest: boolean) => ({
    ...(!newest && { v: version.id }),
    ...(tab !== "summary" && { tab }),
  });
  const go = (next: string) =>
    void navigate({
      to: "/p/$project/functions/$name",
      params: { project, name },
      search: { ...(search.v !== undefined && { v: search.v }), ...(next !== "summary" && { tab: next }) },
      resetScroll: false,
    });
  const link = (version: ListedVersion, newest: boolean, content: React.ReactNode) => (
    <Link
      to="/p/$project/functions/$name"
      params={{ project, name }}
      search={at(version, newest)}
      activeProps={{}}
      activeOptions={{ exact: true }}
      aria-current={newest && search.v === version.id ? "true" : undefined}
    >
      {content}
    </Link>
  );
  /** The link that compares a version with the one shown, the older one first. */
  const compare = (version: ListedVersion) => {
    const older = versionNumber(version) < versionNumber(doc);
    return (
      <ButtonLink
        size="small"
        tone="quiet"
        to="/p/$project/functions/$name/compare"
        params={{ project, name }}
        search={older ? { a: version.id, b: doc.id } : { a: doc.id, b: version.id }}
        aria-label={m.functions.compareWith(versionName(version))}
        title={m.functions.compareWith(versionName(version))}
        icon={<ArrowLeftRight />}
      />
    );
  };
  const step = (version: ListedVersion, newest: boolean) =>
    void navigate({ to: "/p/$project/functions/$name", params: { project, name }, search: at(version, newest) });
  return (
    <VersionPage
      name={name}
      kindTitle={kind?.title ?? doc.kind}
      notice={<About doc={doc} lastRun={<LastRun project={project} name={name} asks={!isAction} />} />}
      breadcrumb={<Crumbs entity="function" project={project} />}
      actions={
        <FunctionHeader
          project={project}
          doc={doc}
          isLatest={doc.id === versions[0]?.id}
          action={actions[0]}
          versions={total}
        />
      }
      doc={doc}
      versions={versions}
      total={total}
      link={link}
      toLatest={
        <ButtonLink size="small" to="/p/$project/functions/$name" params={{ project, name }} search={at(doc, true)}>
          {m.functions.toLatest}
        </ButtonLink>
      }
      compare={compare}
      onStep={step}
      tabsLabel={m.functions.tabs}
      tabs={tabs}
      tab={tab}
      onTab={go}
    >
      {tab === "summary" ? (
        <SummaryTab project={project} doc={doc} kindTitle={kind?.title ?? doc.kind} />
      ) : tab === "code" ? (
        <CodeTab doc={doc} />
      ) : tab === "spec" ? (
        <SpecYaml entity="function" doc={doc} />
      ) : tab === "triggers" ? (
        <TriggersTab project={project} doc={doc} isLatest={doc.id === versions[0]?.id} action={actions[0]} />
      ) : tab === "lineage" ? (
        <RelationsTab project={project} entity="function" doc={doc} />
      ) : (
        <ActionTab key={`${doc.id} ${tab}`} project={project} doc={doc} action={tab} />
      )}
    </VersionPage>
  );
}
