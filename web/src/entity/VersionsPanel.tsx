import type { ReactNode } from "react";
import { useState } from "react";
import { History } from "lucide-react";
import { useMessages } from "../i18n/language.ts";
import { Button } from "../ui/button/Button.tsx";
import { Drawer } from "../ui/dialog/Drawer.tsx";
import { useShortcuts } from "../ui/keys/use-shortcuts.ts";
import { TimeAgo } from "../ui/time/TimeAgo.tsx";
import { versionName, type Version } from "./version.ts";
import { useWide } from "./wide.ts";
import css from "./VersionsPanel.module.css";

export interface ListedVersion extends Version {
  metadata: Version["metadata"] & { created: string; created_by: string };
}

interface VersionsPanelProps {
  /** Newest first. */
  versions: readonly ListedVersion[];
  /** How many there are, listed or not. */
  total: number;
  current: string;
  /** Draws the link to a version around what stands in it. */
  link: (version: ListedVersion, latest: boolean, content: ReactNode) => ReactNode;
  /** Draws the link that compares a version with the current one. */
  compare?: ((version: ListedVersion) => ReactNode) | undefined;
  onStep: (version: ListedVersion, latest: boolean) => void;
}

/**
 * All versions of a name with the current one marked; [ goes to the older, ] to the newer one. Where the window is
 * narrow, a button opens it as a drawer.
 */
export function VersionsPanel(props: VersionsPanelProps) {
  const m = useMessages();
  const { versions, current, total } = props;
  const wide = useWide();
  const [open, setOpen] = useState(false);
  const step = (by: 1 | -1) => {
    const index = versions.findIndex((version) => version.id === current);
    const next = index < 0 ? undefined : versions[index + by];
    if (next !== undefined) props.onStep(next, index + by === 0);
  };
  useShortcuts({ "[": () => step(1), "]": () => step(-1) });
  const list = (
    <ol className={css.list}>
      {versions.map((version, index) => (
        <li key={version.id} onClick={() => setOpen(false)}>
          {props.link(
            version,
            index === 0,
            <>
              <span className={css.name}>
                {versionName(version)}
                {index === 0 && <span className={css.latest}>{m.functions.latest}</span>}
              </span>
              <span className={css.meta}>
                <TimeAgo at={version.metadata.created} short />
                <span>{version.metadata.created_by}</span>
              </span>
            </>,
          )}
          {version.id !== current && props.compare?.(version)}
        </li>
      ))}
    </ol>
  );
  const rest = total > versions.length && (
    <p className={css.meta}>{m.functions.olderVersions(total - versions.length)}</p>
  );
  if (wide) {
    return (
      <nav className={css.panel} aria-labelledby="versions-title">
        <h2 id="versions-title">{m.functions.versions}</h2>
        {list}
        {rest}
      </nav>
    );
  }
  return (
    <div>
      <Button icon={<History />} onClick={() => setOpen(true)}>
        {m.functions.versions}
      </Button>
      <Drawer open={open} onOpenChange={setOpen} title={m.functions.versions}>
        {list}
        {rest}
      </Drawer>
    </div>
  );
}
