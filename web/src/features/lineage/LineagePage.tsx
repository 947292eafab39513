import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import css from "./Lineage.module.css";
import { PointFace } from "./PointFace.tsx";
import { lineage } from "./queries.ts";
import { folded, ofTypes } from "./relations.ts";
import { RelationList } from "./RelationList.tsx";
import { depths, directions, fromTokens, type LineageSearch, toTokens, usualDepth } from "./search.ts";

const GraphView = lazy(async () => ({ default: (await import("../../graph/GraphView.tsx")).GraphView }));
const route = getRouteApi("/p/$project/lineage");
const types = ["function", "workflow", "run", "dataitem", "model", "artifact"] as const;

/** What came of what: around one thing, or in the whole project; as a graph, or as a list of the same relations. */
export function LineagePage() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(lineage.graph(project, search));
  const all = query.data;
  const shown = useMemo(() => {
    if (all === undefined) return undefined;
    return ofTypes(search.versions === "each" ? all : folded(all), search.entity);
  }, [all, search.versions, search.entity]);
  const ids = useMemo(() => shown?.points.map(({ id }) => id) ?? [], [shown]);
  const points = useMemo(() => new Map(shown?.points.map((point) => [point.id, point])), [shown]);
  useTitleFocus(search.key);
  const draw = useCallback(
    (id: string) => <PointFace point={points.get(id)} focused={id === shown?.focus} />,
    [points, shown?.focus],
  );
  const go = (next: LineageSearch) => void navigate({ to: "/p/$project/lineage", params: { project }, search: next });
  const { key, versions, view } = search;
  const kept = {
    ...(key !== undefined && { key }),
    ...(versions !== undefined && { versions }),
    ...(view && { view }),
  };
  const focus = shown?.focus === undefined ? undefined : points.get(shown.focus);
  const tokens = toTokens(search);
  return (
    <Page
      title={focus === undefined ? m.lineage.title : m.lineage.titleOf(focus.name)}
      meta={
        key !== undefined && (
          <Link to="/p/$project/lineage" params={{ project }} search={view === undefined ? {} : { view }}>
            {m.lineage.whole}
          </Link>
        )
      }
      actions={<Views project={project} search={search} />}
    >
      <FilterBar
        values={tokens}
        onChange={(values) => go({ ...kept, ...fromTokens(values) })}
        filters={[
          {
            id: "entity",
            label: m.lineage.type,
            type: "choice",
            multiple: true,
            options: types.map((value) => ({ value, label: m.entities.many[value] })),
          },
          ...(key === undefined
            ? []
            : [
                {
                  id: "depth",
                  label: m.lineage.depth,
                  type: "choice" as const,
                  options: depths.map((value) => ({
                    value,
                    label: value === usualDepth ? m.lineage.usualSteps(Number(value)) : m.lineage.steps(Number(value)),
                  })),
                },
                {
                  id: "direction",
                  label: m.lineage.direction,
                  type: "choice" as const,
                  options: directions.map((value) => ({ value, label: m.lineage.directions[value] })),
                },
              ]),
        ]}
        count={
          shown === undefined
            ? undefined
            : m.lineage.count(
                m.ui.count(shown.points.length, m.lineage.noun),
                m.ui.count(shown.relations.length, m.lineage.relationNoun),
              )
        }
      >
        <Checkbox
          label={m.lineage.fold}
          checked={versions === undefined}
          onChange={(fold) => {
            const { versions: _, ...rest } = search;
            go(fold ? rest : { ...rest, versions: "each" });
          }}
        />
      </FilterBar>
      {shown?.truncated === true && (
        <Callout tone="warning">{key === undefined ? m.lineage.truncatedWhole : m.lineage.truncated}</Callout>
      )}
      <ListView
        state={query}
        what={m.lineage.what}
        count={shown?.relations.length === 0 && focus === undefined ? 0 : ids.length}
        filtered={search.entity !== undefined && (all?.points.length ?? 0) > 0}
        totalUnfiltered={all?.points.length}
        onClearFilters={() => go(kept)}
        empty={<EmptyState title={m.lineage.emptyTitle} help={m.lineage.emptyHelp} />}
      >
        {shown !== undefined &&
          (view === "list" ? (
            <RelationList relations={shown} points={points} />
          ) : (
            <Suspense fallback={<SkeletonRows />}>
              <GraphView label={m.lineage.graph} nodes={ids} edges={shown.relations} focus={shown.focus} draw={draw} />
            </Suspense>
          ))}
      </ListView>
    </Page>
  );
}

// The link that was followed goes with the graph it stood in: the heading takes the focus, as on a new page.
function useTitleFocus(key: string | undefined) {
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    document.querySelector<HTMLElement>("[data-page-title]")?.focus({ preventScroll: true });
  }, [key]);
}

function Views({ project, search }: { project: string; search: LineageSearch }) {
  const m = useMessages();
  const { view = "graph", ...rest } = search;
  return (
    <nav className={css.views} aria-label={m.lineage.view}>
      {(["graph", "list"] as const).map((each) => (
        <Link
          key={each}
          to="/p/$project/lineage"
          params={{ project }}
          search={each === "list" ? { ...rest, view: each } : rest}
          className={css.view}
          activeProps={{}}
          aria-current={each === view ? "true" : undefined}
          data-current={each === view || undefined}
        >
          {m.lineage.views[each]}
        </Link>
      ))}
    </nav>
  );
}
