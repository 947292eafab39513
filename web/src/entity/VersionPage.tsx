import type { ReactNode } from "react";
import { useMessages } from "../i18n/language.ts";
import { Callout } from "../ui/callout/Callout.tsx";
import { Page } from "../ui/page/Page.tsx";
import { type Tab, Tabs } from "../ui/tabs/Tabs.tsx";
import { versionName } from "./version.ts";
import css from "./VersionPage.module.css";
import { type ListedVersion, VersionsPanel } from "./VersionsPanel.tsx";
import { useWide } from "./wide.ts";

interface VersionPageProps {
  name: string;
  kindTitle: string;
  /** What stands beside kind and version, such as a state. */
  meta?: ReactNode;
  breadcrumb: ReactNode;
  actions: ReactNode;
  doc: ListedVersion;
  /** Newest first. */
  versions: readonly ListedVersion[];
  total: number;
  /** Draws the link to a version around what stands in it; the router marks the one that the URL names. */
  link: (version: ListedVersion, latest: boolean, content: ReactNode) => ReactNode;
  /** The link to the newest version, for who looks at another. */
  toLatest: ReactNode;
  /** Draws the link that compares a version with the one shown. */
  compare?: ((version: ListedVersion) => ReactNode) | undefined;
  onStep: (version: ListedVersion, latest: boolean) => void;
  tabsLabel: string;
  tabs: readonly Tab[];
  tab: string;
  onTab: (tab: string) => void;
  /** What stands between the heading and the tabs, such as an upload under way. */
  notice?: ReactNode;
  /** What is in the tab that is shown. */
  children: ReactNode;
}

/** The page of one version: its tabs beside all versions of its name. */
export function VersionPage(props: VersionPageProps) {
  const m = useMessages();
  const wide = useWide();
  const { doc, versions } = props;
  const isLatest = doc.id === versions[0]?.id;
  const panel = (
    <VersionsPanel
      versions={versions}
      total={props.total}
      current={doc.id}
      link={props.link}
      compare={props.compare}
      onStep={props.onStep}
    />
  );
  return (
    <Page
      title={props.name}
      meta={
        <>
          <span>{`${props.kindTitle} · ${versionName(doc)}${isLatest ? ` (${m.functions.latest})` : ""}`}</span>
          {props.meta}
        </>
      }
      breadcrumb={props.breadcrumb}
      actions={
        <>
          {props.actions}
          {!wide && panel}
        </>
      }
    >
      {!isLatest && (
        <Callout tone="warning" actions={props.toLatest}>
          {m.functions.notLatest(versionName(doc))}
        </Callout>
      )}
      {props.notice}
      <div className={css.columns}>
        <Tabs label={props.tabsLabel} tabs={props.tabs} value={props.tab} onChange={props.onTab}>
          {props.children}
        </Tabs>
        {wide && panel}
      </div>
    </Page>
  );
}
