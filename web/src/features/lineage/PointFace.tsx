import { Link } from "@tanstack/react-router";
import { Archive, Box, Crosshair, Play, SquareFunction, Table2, Waypoints } from "lucide-react";
import { EntityLink } from "../../entity/EntityLink.tsx";
import { type Messages, useMessages } from "../../i18n/language.ts";
import { statusView, statusWord } from "../../ui/status/status.ts";
import { StatusGlyph } from "../../ui/status/StatusGlyph.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./Lineage.module.css";
import type { Point } from "./relations.ts";

const icons: Readonly<Record<string, typeof Box>> = {
  function: SquareFunction,
  workflow: Waypoints,
  run: Play,
  dataitem: Table2,
  model: Box,
  artifact: Archive,
};

/** A node of the graph: a link to its page, and one that looks at its own lineage. */
export function PointFace({ point, focused }: { point: Point | undefined; focused: boolean }) {
  const m = useMessages();
  if (point === undefined) return null;
  const Icon = icons[point.entity] ?? Box;
  const name = pointName(point);
  const ownRun = point.run !== undefined && point.count === 1 ? runName(point) : undefined;
  return (
    <div
      className={css.face}
      data-entity={point.entity}
      title={point.missing ? m.lineage.missing : (point.run ?? point.key)}
    >
      <Icon aria-hidden="true" className={css.icon} />
      <div className={css.words}>
        <PointLink point={point} className={css.name} />
        {ownRun !== undefined && !point.missing && !point.more ? (
          <RunLine point={point} name={ownRun} />
        ) : (
          <span className={css.sub}>
            {ownRun !== undefined && <span className={css.type}>{`${m.entities.one.run} `}</span>}
            {about(m, point, ownRun)}
            <When point={point} />
          </span>
        )}
      </div>
      {!focused && !point.missing && (
        <Link
          to="/p/$project/lineage"
          params={{ project: point.project }}
          search={{ key: point.key }}
          className={css.look}
          aria-label={m.lineage.lookAt(name)}
          title={m.lineage.lookAt(name)}
        >
          <Crosshair aria-hidden="true" />
        </Link>
      )}
    </div>
  );
}

/** One run in the little room of a node: its state is an icon, and only its name is cut where it is long. */
function RunLine({ point, name }: { point: Point; name: string }) {
  const m = useMessages();
  const { state } = point;
  return (
    <span className={css.sub} data-run>
      <span className={css.type}>{`${m.entities.one.run} `}</span>
      <span className={css.own} title={name}>
        {name}
      </span>
      {state !== undefined && (
        <>
          <StatusGlyph icon={statusView(state, "run").icon} className={css.state} />
          <span className={css.type}>{` · ${statusWord(m, state, "run")}`}</span>
        </>
      )}
      <span className={css.when}>
        <When point={point} />
      </span>
    </span>
  );
}

/** What a point is called. A run of which nothing is known has the beginning of its id. */
function pointName({ entity, name, key }: Point): string {
  return entity === "run" && key.endsWith(name) ? name.slice(0, 8) : name;
}

/** The way to the page of a point; of several versions, to the latest. */
export function PointLink({ point, className }: { point: Point; className?: string | undefined }) {
  const name = pointName(point);
  if (point.missing) return <span className={className}>{name}</span>;
  const id = point.version ?? (point.entity === "run" ? point.key.slice(point.key.lastIndexOf(":") + 1) : undefined);
  return (
    <EntityLink of={{ entity: point.entity, project: point.project, name: point.name, id }} className={className}>
      {name}
    </EntityLink>
  );
}

/** When a run changed last; of other things the version says enough. */
export function When({ point: { entity, count, updated } }: { point: Point }) {
  if (entity !== "run" || count > 1 || updated === undefined) return null;
  return (
    <>
      {" · "}
      <TimeAgo at={updated} short />
    </>
  );
}

/** What a run itself is called, or the beginning of its id. */
export function runName({ run = "", key }: Point): string {
  return key.endsWith(run) ? run.slice(0, 8) : run;
}

/** Its type, or what stands for it where an icon says that, and which version or how many it is. */
export function about(m: Messages, { entity, count, number, state, missing, more }: Point, instead?: string): string {
  const names: Readonly<Record<string, string>> = m.entities.one;
  const parts = [instead ?? names[entity] ?? entity];
  if (missing) parts.push(m.lineage.missing);
  else if (count > 1) parts.push(entity === "run" ? m.lineage.runs(count) : m.lineage.versions(count));
  else {
    if (number > 0) parts.push(`v${number}`);
    if (state !== undefined && entity === "run") parts.push(statusWord(m, state, "run"));
  }
  if (more) parts.push(m.lineage.more);
  return parts.join(" · ");
}
