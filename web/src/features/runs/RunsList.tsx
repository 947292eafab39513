import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { errorText } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { apiQuery } from "../../lib/api-query.ts";
import { present } from "../../lib/search-params.ts";
import { type Sort, sortsOf, unlessUsual } from "../../lib/sort.ts";
import { functionNames } from "../../entity/function-names.ts";
import { BeginWithTemplate } from "../../entity/Begin.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { useChoice } from "../../entity/use-choice.ts";
import { useRows } from "../../entity/use-rows.ts";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { useSteady } from "../../ui/late/use-steady.ts";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { BulkBar } from "../../ui/table/BulkBar.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { compareBlock, comparedIds } from "./actions.ts";
import { BulkActions } from "./BulkActions.tsx";
import { parametersColumn, runColumns } from "./columns.tsx";
import { runFilters } from "./filters.ts";
import { GroupBy } from "./GroupBy.tsx";
import { groupHeading, grouped } from "./grouping.ts";
import { Incoming, NewRuns } from "./Incoming.tsx";
import { LogPeek } from "./LogPeek.tsx";
import { runChanges } from "./mutations.ts";
import { type RunListParams, runs } from "./queries.ts";
import { RunDialogs, type RunDialog } from "./RunDialogs.tsx";
import { BarSpan } from "./RunBar.tsx";
import { RunHistogram, useSpan } from "./RunHistogram.tsx";
import { parametersOf, type RunRow } from "./run.ts";
import css from "./RunsList.module.css";
import { filterOf, fromTokens, groupingOf, type RunsSearch, shownOf, toQuery, toTokens, usualSort } from "./search.ts";
import { ShownAs } from "./ShownAs.tsx";
import { timelineColumns } from "./timeline-columns.tsx";
import { useOldest } from "./use-oldest.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { Views } from "./Views.tsx";

const route = getRouteApi("/p/$project/runs");
const rowId = (run: RunRow) => run.id;
const rowName = (run: RunRow) => run.name;

/** Which columns bring parameters with the rows. */
function wantsParameters(shown: readonly string[]): boolean {
  return shown.some((id) => id === parametersColumn || id.startsWith("parameter "));
}

/** What of a list's URL makes another question to the server. */
export function listParams(search: RunsSearch, columns: readonly string[]): RunListParams {
  const group = groupingOf(search);
  const sort = search.sort ?? (group === "function" || group === "state" ? [`${group},asc`] : undefined);
  return {
    ...filterOf(search),
    ...(sort !== undefined && { sort }),
    ...(wantsParameters(columns) && { parameters: true }),
  };
}

/** The runs of a project: filtered in the URL, live, with why each is as it is. */
export function RunsList() {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const { prefs } = usePrefs();
  const { project } = route.useParams();
  const search = route.useSearch();
  const filter = useMemo(() => filterOf(search), [search]);
  const [dialog, setDialog] = useState<RunDialog | undefined>(undefined);
  const area = useRef<HTMLDivElement>(null);

  const params = listParams(search, prefs.hiddenColumns["runs"] ?? []);
  const query = useInfiniteQuery(runs.list(project, params));
  const { data: config } = useQuery(session.config());
  const { rows: loaded, total, onEnd } = useRows(query);
  const group = groupingOf(search);
  const asBars = search.view === "timeline";
  const rows = useMemo(() => grouped(loaded, group, params.sort), [loaded, group, params.sort]);
  const { chosen, clear, table } = useChoice(rows, rowId, rowId);
  const { selected, onSelect } = table;
  const tokens = toTokens(filter);
  const filtered = Object.keys(tokens).length > 0;
  const unfiltered = useQuery({
    ...runs.counts(project, {}),
    enabled: filtered && query.isSuccess && rows.length === 0,
  });

  const admits = useCallback(() => {
    const grid = area.current?.querySelector("[role=grid]");
    return (grid === null || grid === undefined || grid.scrollTop < 8) && selected.size === 0;
  }, [selected]);

  const go = useCallback(
    (next: RunsSearch, replace = false) =>
      void navigate({ to: "/p/$project/runs", params: { project }, search: next, replace }),
    [navigate, project],
  );
  const keep = useMemo(() => shownOf(search), [search]);
  const { peek: _, ...withoutPeek } = search;
  const open = useCallback(
    (run: RunRow) =>
      void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id: run.id, tab: undefined } }),
    [navigate, project],
  );
  const { mutate: rerun } = useMutation(runChanges.rerun(project));
  const onRerun = useSteady((run: RunRow) =>
    rerun(run.id, {
      onSuccess: (made) => toast({ tone: "success", text: m.runs.rerunMade(made.name) }),
      onError: (error) => toast({ tone: "error", text: errorText(error) }),
    }),
  );
  const onLogs = useSteady((run: RunRow) => go({ ...search, peek: run.id }));
  const frame = useMemo(
    () => ({
      project,
      onRerun,
      onLogs,
      onStop: (targets: readonly RunRow[]) => setDialog({ is: "stop", targets }),
      onDelete: (targets: readonly RunRow[]) => setDialog({ is: "delete", targets }),
      chosen,
    }),
    [chosen, onLogs, onRerun, project],
  );
  const seen = useSeenNames(loaded);
  const columns = useMemo(() => runColumns({ m, f, ...frame, ...seen }), [f, frame, m, seen]);
  const histogram = useMemo(
    () => (
      <RunHistogram
        project={project}
        filter={filter}
        onSpan={(since, until) => go({ ...keep, ...filter, since, ...(until !== undefined && { until }) })}
      />
    ),
    [filter, go, keep, project],
  );
  const bars = useMemo(() => timelineColumns(m, columns, histogram), [columns, histogram, m]);
  const span = useSpan(project, filter, asBars);
  const heading = useMemo(() => groupHeading(m, rows, group), [m, rows, group]);

  const rowKey = useRowKeys(frame, chosen);
  const onKey = (key: string, run: RunRow): boolean => {
    if (key !== "d" || compareBlock(m, chosen.length) !== undefined) return rowKey(key, run);
    void navigate({ to: "/p/$project/compare/runs", params: { project }, search: { ids: comparedIds(chosen) } });
    return true;
  };
  const { since, until } = filter;
  const filters = useMemo(
    () =>
      runFilters(m, f, present({ since, until }), {
        kinds: config?.kinds ?? [],
        rows: loaded,
        functionNames: functionNames(project),
      }),
    [config, f, loaded, m, project, since, until],
  );
  const pressEnd = useOldest(area, query);
  const sorting = {
    sort: sortsOf(params.sort ?? usualSort),
    onSort: (sort: readonly Sort[]) => {
      const { sort: _by, ...rest } = search;
      go({ ...rest, ...present({ sort: unlessUsual(sort, group === undefined ? usualSort : []) }) });
    },
  };
  return (
    <Page title={m.runs.title} layout="fill" actions={<Views project={project} search={withoutPeek} />}>
      <FilterBar
        values={tokens}
        onChange={(values, typing) => go({ ...keep, ...fromTokens(values) }, typing)}
        search={{ id: "q", label: m.runs.search }}
        filters={filters}
        query={() => apiQuery(["-", project, "runs"], toQuery(filter, Date.now()))}
        count={query.isSuccess ? m.ui.count(total, m.runs.noun) : undefined}
      >
        <ShownAs value={search.view} onChange={(view) => go({ ...filter, ...shownOf({ ...search, view }) })} />
        <GroupBy
          value={group}
          onChange={(next) =>
            go({ ...filter, ...shownOf({ ...search, group: next ?? (asBars ? "none" : undefined) }) })
          }
        />
        {!asBars && <ColumnChooser id="runs" columns={columns} {...sorting} />}
      </FilterBar>
      {!asBars && (rows.length > 0 || filtered || !query.isSuccess) && histogram}
      <Incoming project={project} params={params} admits={admits} selected={selected} reading={query.isFetching}>
        <ListView
          state={query}
          what={m.runs.noun.other}
          count={rows.length}
          filtered={filtered}
          totalUnfiltered={unfiltered.data?.total}
          onClearFilters={() => go({ ...keep })}
          empty={
            <EmptyState
              title={m.runs.emptyTitle}
              help={m.runs.emptyHelp}
              action={
                <ButtonLink tone="primary" to="/p/$project/functions" params={{ project }}>
                  {m.runs.toFunctions}
                </ButtonLink>
              }
            >
              <BeginWithTemplate project={project} command={`dhub run hello.py:main --project ${project}`} />
            </EmptyState>
          }
        >
          <BulkBar count={chosen.length} onClear={clear}>
            <BulkActions
              project={project}
              chosen={chosen}
              onStop={() => setDialog({ is: "stop", targets: chosen })}
              onLabel={() => setDialog({ is: "label", targets: chosen })}
              onDelete={() => setDialog({ is: "delete", targets: chosen })}
              onDone={clear}
            />
          </BulkBar>
          <div ref={area} className={css.area} data-view={search.view} onKeyDownCapture={pressEnd}>
            <NewRuns />
            <BarSpan value={span}>
              <DataTable
                primary
                arrangeable={!asBars}
                scrolls={asBars}
                id={asBars ? "runs-timeline" : "runs"}
                label={m.runs.title}
                rows={rows}
                rowId={rowId}
                rowName={rowName}
                columns={asBars ? bars : columns}
                total={total}
                busy={query.isPlaceholderData}
                onOpen={open}
                onKey={onKey}
                selected={selected}
                onSelect={onSelect}
                {...sorting}
                onEnd={onEnd}
                heading={heading}
              />
            </BarSpan>
          </div>
        </ListView>
      </Incoming>
      {search.peek !== undefined && <LogPeek project={project} id={search.peek} onClose={() => go(withoutPeek)} />}
      <RunDialogs
        project={project}
        dialog={dialog}
        onClose={() => setDialog(undefined)}
        onDone={() => {
          setDialog(undefined);
          clear();
        }}
      />
    </Page>
  );
}

/** The names of metrics and parameters that rows have; the same ones as long as no other name comes. */
function useSeenNames(rows: readonly RunRow[]): { metrics: readonly string[]; parameters: readonly string[] } {
  const names = useMemo(() => {
    const metrics = new Set<string>();
    const parameters = new Set<string>();
    for (const run of rows) {
      for (const name of Object.keys(run.metrics ?? {})) metrics.add(name);
      for (const name of Object.keys(parametersOf(run))) parameters.add(name);
    }
    return JSON.stringify({ metrics: [...metrics].sort(), parameters: [...parameters].sort() });
  }, [rows]);
  return useMemo(() => JSON.parse(names) as { metrics: string[]; parameters: string[] }, [names]);
}
