import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { session } from "../../api/session.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName, versionNumber } from "../../entity/version.ts";
import { VersionPage } from "../../entity/VersionPage.tsx";
import type { ListedVersion } from "../../entity/VersionsPanel.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { MaterialHeader } from "./MaterialHeader.tsx";
import { entityOf, type Material, type MaterialDoc } from "./material.ts";
import { atVersion, type PageSearch } from "./page-search.ts";
import { stored, versionsListed } from "./queries.ts";
import { TabPanel } from "./TabPanel.tsx";
import { tabsOf } from "./tabs.ts";
import { DropTarget } from "./upload/DropTarget.tsx";
import { UploadNotice } from "./upload/UploadNotice.tsx";
import { useUploadDialog } from "./upload/use-upload-dialog.tsx";
import { useMaterial } from "./use-material.ts";

const route = getRouteApi("/p/$project/$material/$name");

/** One version of a data item, model or artifact, beside all versions of its name. */
export function MaterialPage() {
  const m = useMessages();
  const { project, name } = route.useParams();
  const material = useMaterial();
  const { v } = route.useSearch();
  const { data: versions } = useSuspenseQuery(stored.versions(project, material, name, versionsListed));
  const [latest] = versions.content;
  const listed = v === undefined ? latest : versions.content.find((each) => each.id === v);
  const id = v ?? latest?.id;
  const gone = listed === undefined && versions.totalElements <= versions.content.length;
  // The list lacks the files of a version, and what is older than it reaches.
  const { data: whole } = useQuery({ ...stored.detail(project, material, id ?? ""), enabled: !gone });
  const doc = gone ? undefined : (whole ?? listed);
  const toLatest = latest !== undefined && (
    <ButtonLink size="small" to="/p/$project/$material/$name" params={{ project, material, name }}>
      {m.functions.toLatest}
    </ButtonLink>
  );
  if (doc === undefined) {
    return (
      <Page title={name} breadcrumb={<Crumbs entity={entityOf(material)} project={project} />}>
        <EmptyState title={m.ui.view.notFoundTitle} help={m.ui.view.notFoundHelp} action={toLatest} />
      </Page>
    );
  }
  return <Version doc={doc} material={material} versions={versions.content} total={versions.totalElements} />;
}

interface VersionProps {
  doc: MaterialDoc;
  material: Material;
  versions: readonly MaterialDoc[];
  total: number;
}

function Version({ doc, material, versions, total }: VersionProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const { project, name } = route.useParams();
  const search = route.useSearch();
  const { data: config } = useQuery(session.config());
  const kind = config?.kinds.find((known) => known.entity === entityOf(material) && known.kind === doc.kind);
  const kindTitle = kind?.title ?? doc.kind;
  const tabs = tabsOf(material, doc);
  const tab = tabs.find((known) => known === search.tab) ?? "summary";
  const page = { to: "/p/$project/$material/$name", params: { project, material, name } } as const;
  // The router marks the link that leads to where one is: that of the version shown has all that its URL has.
  const at = (version: { id: string }, newest: boolean) =>
    version.id === doc.id ? search : atVersion(search, newest ? undefined : version.id);
  const link = (version: ListedVersion, newest: boolean, content: React.ReactNode) => (
    <Link
      {...page}
      search={at(version, newest)}
      activeProps={{}}
      activeOptions={{ exact: true }}
      aria-current={version.id === doc.id ? "page" : undefined}
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
        to="/p/$project/$material/$name/compare"
        params={{ project, material, name }}
        search={older ? { a: version.id, b: doc.id } : { a: doc.id, b: version.id }}
        aria-label={m.functions.compareWith(versionName(version))}
        title={m.functions.compareWith(versionName(version))}
        icon={<ArrowLeftRight />}
      />
    );
  };
  const change = (next: PageSearch, replace = false) =>
    void navigate({ ...page, search: next, resetScroll: false, replace });
  const { upload: _, ...withoutUpload } = search;
  const upload = useUploadDialog({
    project,
    material,
    open: search.upload === true,
    onOpenChange: (isOpen) => change(isOpen ? { ...withoutUpload, upload: true } : withoutUpload, !isOpen),
    next: versions[0] ?? doc,
  });
  return (
    <DropTarget label={m.materials.uploads.drop} onFiles={upload.take}>
      <VersionPage
        name={name}
        kindTitle={kindTitle}
        meta={<StatusBadge state={doc.status.state} entity="material" />}
        breadcrumb={<Crumbs entity={entityOf(material)} project={project} />}
        actions={
          <MaterialHeader
            project={project}
            material={material}
            doc={doc}
            versions={total}
            isLatest={doc.id === versions[0]?.id}
            onUpload={() => change({ ...withoutUpload, upload: true })}
          />
        }
        notice={<UploadNotice project={project} material={material} doc={doc} />}
        doc={doc}
        versions={versions}
        total={total}
        link={link}
        toLatest={
          <ButtonLink {...page} size="small" search={atVersion(search, undefined)}>
            {m.functions.toLatest}
          </ButtonLink>
        }
        compare={compare}
        onStep={(version, newest) => void navigate({ ...page, search: at(version, newest) })}
        tabsLabel={m.materials.of[material].tabs}
        tabs={tabs.map((id) => ({ id, label: m.materials.tabs[id] }))}
        tab={tab}
        onTab={(next) =>
          change({ ...(search.v !== undefined && { v: search.v }), ...(next !== "summary" && { tab: next }) })
        }
      >
        <TabPanel
          tab={tab}
          project={project}
          material={material}
          doc={doc}
          versions={versions}
          kindTitle={kindTitle}
          search={search}
          onSearch={change}
        />
      </VersionPage>
      {upload.dialog}
    </DropTarget>
  );
}
