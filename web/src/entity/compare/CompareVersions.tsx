import { ArrowLeftRight } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { countLines } from "../../lib/line-diff.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Card } from "../../ui/card/Card.tsx";
import { useMedia } from "../../ui/media/use-media.ts";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { versionName } from "../version.ts";
import type { ListedVersion } from "../VersionsPanel.tsx";
import css from "./CompareVersions.module.css";

const DiffView = lazy(async () => ({ default: (await import("../../code/DiffView.tsx")).DiffView }));

/** A part of two documents that is compared as text. */
export interface ComparedPart {
  id: string;
  label: string;
  language: string;
  before: string;
  after: string;
}

export interface CompareVersionsProps {
  /** All versions of the name that can be chosen, newest first. */
  versions: readonly ListedVersion[];
  before: ListedVersion;
  after: ListedVersion;
  parts: readonly ComparedPart[];
  /** Shows other versions: the URL holds which. */
  onChoose: (before: string, after: string) => void;
  /** What is said of each, such as what became of its runs, and what can be done with it. */
  about?: readonly [before: ReactNode, after: ReactNode] | undefined;
  /** Parts that are no text, such as the columns of a table; above the others. */
  children?: ReactNode;
}

type Layout = "split" | "unified";

/** How texts are compared: what the person chose, but where there is no room for two columns, one until it is asked for. */
function useLayout(): readonly [layout: Layout, choose: (layout: Layout) => void] {
  const { prefs, change } = usePrefs();
  const narrow = useMedia("(width < 700px)");
  const [here, setHere] = useState<Layout>("unified");
  return narrow ? [here, setHere] : [prefs.diff, (diff) => change({ diff })];
}

/** Two versions of a name beside each other: each part with how many lines differ, and where. */
export function CompareVersions(props: CompareVersionsProps) {
  const m = useMessages();
  const { before, after, parts, versions, onChoose } = props;
  const [layout, setLayout] = useLayout();
  const side = (version: ListedVersion, label: string, about: ReactNode, choose: (id: string) => void) => (
    <Card label={label}>
      <label className={css.choice}>
        <span>{label}</span>
        <select value={version.id} onChange={(event) => choose(event.target.value)}>
          {versions.map((each) => (
            <option key={each.id} value={each.id}>
              {versionName(each)}
            </option>
          ))}
          {!versions.some((each) => each.id === version.id) && (
            <option value={version.id}>{versionName(version)}</option>
          )}
        </select>
      </label>
      <p className={css.quiet}>
        <TimeAgo at={version.metadata.created} />
        {` · ${version.metadata.created_by}`}
      </p>
      {about}
    </Card>
  );
  return (
    <div className={css.compare}>
      <div className={css.sides}>
        {side(before, m.compare.before, props.about?.[0], (id) => onChoose(id, after.id))}
        <div className={css.swap}>
          <IconButton label={m.compare.swap} icon={<ArrowLeftRight />} onClick={() => onChoose(after.id, before.id)} />
        </div>
        {side(after, m.compare.after, props.about?.[1], (id) => onChoose(before.id, id))}
      </div>
      <div role="group" aria-label={m.compare.layout} className={css.modes}>
        {(["split", "unified"] as const).map((each) => (
          <Button key={each} size="small" tone="quiet" aria-pressed={layout === each} onClick={() => setLayout(each)}>
            {m.compare[each]}
          </Button>
        ))}
      </div>
      {props.children}
      {parts.map((part) => (
        <Part
          key={part.id}
          part={part}
          names={[`${part.label}, ${versionName(before)}`, `${part.label}, ${versionName(after)}`]}
          layout={layout}
        />
      ))}
    </div>
  );
}

interface PartProps {
  part: ComparedPart;
  names: readonly [before: string, after: string];
  layout: Layout;
}

/** One part with how many lines of it differ, and where. */
function Part({ part, names, layout }: PartProps) {
  const m = useMessages();
  const { label, language, before, after } = part;
  const { added, removed } = useMemo(() => countLines(before, after), [before, after]);
  return (
    <Card
      title={label}
      tools={
        <span className={css.quiet}>{added + removed === 0 ? m.compare.same : m.compare.counts(added, removed)}</span>
      }
    >
      {before !== after && (
        <Suspense fallback={<SkeletonRows rows={4} />}>
          <DiffView before={before} after={after} names={names} language={language} layout={layout} />
        </Suspense>
      )}
    </Card>
  );
}
