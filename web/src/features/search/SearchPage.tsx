import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { session } from "../../api/session.ts";
import { useRows } from "../../entity/use-rows.ts";
import { placeOf } from "../../entity/place.ts";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import type { FilterValues } from "../../ui/filter/filter.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { hitColumns, typeName } from "./columns.tsx";
import { type Hit, search } from "./queries.ts";
import { fromTokens, type SearchFilter, spans, toTokens, types } from "./search.ts";
import css from "./Search.module.css";

interface SearchPageProps {
  /** The project that is searched; all of them without it. */
  project?: string | undefined;
  filter: SearchFilter;
  onFilter: (filter: SearchFilter, typing: boolean) => void;
}

const rowId = (hit: Hit) => `${hit.type} ${hit.project} ${hit.id}`;
const rowName = (hit: Hit) => hit.name;

/** What is found by words and filters: everything that a project holds, its runs too. */
export function SearchPage({ project, filter, onFilter }: SearchPageProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const query = useInfiniteQuery(search.hits(project, filter));
  const { data: config } = useQuery(session.config());
  const { rows, total, onEnd } = useRows(query);
  const first = query.data?.pages[0];
  const facets = first?.facets;
  const tokens = toTokens(filter);
  const filtered = Object.keys(tokens).length > 0;
  const everywhere = project === undefined;
  const versions = filter.versions === "all";
  const columns = useMemo(() => hitColumns({ m, everywhere, versions }), [everywhere, m, versions]);
  const counted = (facet: string, chosen: readonly string[] | undefined, name: (value: string) => string) =>
    [...new Set([...(chosen ?? []), ...Object.keys(facets?.[facet] ?? {})])].map((value) => ({
      value,
      label: m.search.counted(name(value), facets?.[facet]?.[value] ?? 0),
    }));
  const offered = types.filter((type) => type !== "workflow" || config?.features["workflows"] === true);
  const open = useCallback(
    (hit: Hit) => {
      if (hit.type === "project") void navigate({ to: "/p/$project", params: { project: hit.name } });
      const place = placeOf({ entity: hit.type, project: hit.project, name: hit.name, id: pinned(hit, versions) });
      if (place !== undefined) void navigate({ ...place });
    },
    [navigate, versions],
  );
  return (
    <Page title={m.search.title} meta={everywhere ? m.search.everywhere : m.search.inProject(project)} layout="fill">
      <FilterBar
        values={tokens}
        onChange={(values: FilterValues, typing) => onFilter(fromTokens(values), typing)}
        search={{ id: "q", label: m.search.words }}
        filters={[
          {
            id: "type",
            label: m.search.type,
            type: "choice",
            multiple: true,
            options: offered.map((value) => ({ value, label: typeName(m, value) })),
          },
          {
            id: "kind",
            label: m.search.kind,
            type: "choice",
            multiple: true,
            options: counted("kind", filter.kind, (kind) => kind),
          },
          {
            id: "state",
            label: m.search.state,
            type: "choice",
            multiple: true,
            options: counted("status", filter.state, (state) => statusWord(m, state, "other")),
          },
          {
            id: "label",
            label: m.search.label,
            type: "text",
            options: Object.keys(facets?.["label"] ?? {}).map((value) => ({ value, label: value })),
          },
          {
            id: "updated",
            label: m.search.updated,
            type: "choice",
            options: Object.keys(spans).map((value) => ({ value, label: m.search.within[value] ?? value })),
          },
          {
            id: "versions",
            label: m.search.versions,
            type: "choice",
            options: [{ value: "all", label: m.search.allVersions }],
          },
        ]}
        count={
          query.isSuccess
            ? first?.exact === false
              ? m.search.atLeast(total)
              : m.ui.count(total, m.search.noun)
            : undefined
        }
      >
        <ColumnChooser id="search" columns={columns} />
      </FilterBar>
      {first !== undefined && total > 0 && (
        <ul className={css.facets} aria-label={m.search.byType}>
          {offered
            .filter((type) => (facets?.["type"]?.[type] ?? 0) > 0)
            .map((type) => (
              <li key={type}>
                <button
                  type="button"
                  className={css.facet}
                  aria-pressed={filter.type?.includes(type) ?? false}
                  onClick={() => {
                    const { type: chosen, ...rest } = filter;
                    onFilter(chosen?.includes(type) === true ? rest : { ...rest, type: [type] }, false);
                  }}
                >
                  {m.search.counted(typeName(m, type), facets?.["type"]?.[type] ?? 0)}
                </button>
              </li>
            ))}
        </ul>
      )}
      {filter.q === undefined && rows.length > 0 && <p className={css.place}>{m.search.recent}</p>}
      <ListView
        state={query}
        what={m.search.noun.other}
        count={rows.length}
        filtered={filtered}
        onClearFilters={() => onFilter({}, false)}
        empty={<EmptyState title={m.search.emptyTitle} help={m.search.emptyHelp} />}
      >
        <DataTable
          primary
          arrangeable
          id="search"
          label={m.search.results}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          total={total}
          busy={query.isPlaceholderData}
          onOpen={open}
          onKey={(key, hit) => {
            if (key !== "y") return false;
            void copyText(hit.key);
            return true;
          }}
          onEnd={onEnd}
        />
      </ListView>
      {query.hasNextPage && rows.length <= 100 && (
        <p>
          <button type="button" className={css.facet} onClick={onEnd}>
            {m.search.more}
          </button>
        </p>
      )}
    </Page>
  );
}

function pinned(hit: Hit, versions: boolean): string | undefined {
  return versions || hit.type === "run" || hit.type === "trigger" ? hit.id : undefined;
}
