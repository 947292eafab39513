import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Download, Plus, Trash2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { session } from "../../api/session.ts";
import { downloadYaml } from "../../entity/export.ts";
import { ImportButton } from "../../entity/import/ImportButton.tsx";
import { LatestVersions } from "../../entity/LatestVersions.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { namePlace } from "../../entity/place.ts";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import type { FilterValues } from "../../ui/filter/filter.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { BulkBar } from "../../ui/table/BulkBar.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { functionColumns } from "./columns.tsx";
import { DeleteFunctions } from "./DeleteFunctions.tsx";
import { type FunctionDoc, functions, versionsShown } from "./queries.ts";
import { fromTokens, toTokens } from "./search.ts";

const route = getRouteApi("/p/$project/functions");
const rowId = (doc: FunctionDoc) => doc.name; // a new version of a name is the same row
const rowName = (doc: FunctionDoc) => doc.name;

/** The functions of a project: filtered in the URL, expandable, selectable. */
export function FunctionsList() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const filter = route.useSearch();
  const blocked = useWriteBlock();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<readonly FunctionDoc[] | undefined>(undefined);

  const query = useInfiniteQuery(functions.list(project, filter));
  const { data: config } = useQuery(session.config());
  const tokens = toTokens(filter);
  const filtered = Object.keys(tokens).length > 0;
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.content) ?? [], [query.data]);
  const total = query.data?.pages[0]?.totalElements ?? 0;
  const unfiltered = useQuery({
    ...functions.count(project),
    enabled: filtered && query.isSuccess && rows.length === 0,
  });
  const kinds = useMemo(() => (config?.kinds ?? []).filter((kind) => kind.entity === "function"), [config]);

  const change = (values: FilterValues, typing: boolean) =>
    void navigate({ to: "/p/$project/functions", params: { project }, search: fromTokens(values), replace: typing });
  const open = useCallback(
    (doc: FunctionDoc) => void navigate({ to: "/p/$project/functions/$name", params: { project, name: doc.name } }),
    [navigate, project],
  );
  const onDelete = useCallback((doc: FunctionDoc) => setDeleting([doc]), []);
  const columns = useMemo(
    () =>
      functionColumns({
        m,
        project,
        onDelete,
        kindTitle: (kind) => kinds.find((known) => known.kind === kind)?.title ?? kind,
      }),
    [kinds, m, onDelete, project],
  );
  const details = useCallback(
    ({ name }: FunctionDoc) => (
      <LatestVersions
        name={name}
        place={namePlace("function", project, name)}
        query={functions.versions(project, name, versionsShown)}
      />
    ),
    [project],
  );
  const chosen = rows.filter((doc) => selected.has(doc.name));
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  return (
    <Page
      title={m.functions.title}
      layout="fill"
      actions={
        <>
          <ImportButton project={project} />
          <ButtonLink tone="primary" icon={<Plus />} to="/p/$project/new/function" params={{ project }}>
            {m.functions.create}
          </ButtonLink>
        </>
      }
    >
      <FilterBar
        values={tokens}
        onChange={change}
        search={{ id: "name", label: m.functions.searchLabel }}
        filters={[
          {
            id: "kind",
            label: m.functions.kindFilter,
            type: "choice",
            options: kinds.map(({ kind, title }) => ({ value: kind, label: title })),
          },
          { id: "label", label: m.functions.labelFilter, type: "text" },
        ]}
        count={query.isSuccess ? m.ui.count(total, m.functions.noun) : undefined}
      >
        <ColumnChooser id="functions" columns={columns} />
      </FilterBar>
      <ListView
        state={query}
        what={m.functions.noun.other}
        count={rows.length}
        filtered={filtered}
        totalUnfiltered={unfiltered.data}
        onClearFilters={() => change({}, false)}
        empty={
          <EmptyState
            title={m.functions.emptyTitle}
            help={m.functions.emptyHelp}
            action={
              <ButtonLink tone="primary" to="/p/$project/new/function" params={{ project }}>
                {m.functions.create}
              </ButtonLink>
            }
          />
        }
      >
        <BulkBar count={chosen.length} onClear={() => setSelected(new Set())}>
          <Button size="small" icon={<Download />} onClick={() => void downloadYaml("functions", chosen)}>
            {m.functions.export}
          </Button>
          <Button
            size="small"
            tone="danger"
            icon={<Trash2 />}
            disabledReason={blocked}
            onClick={() => setDeleting(chosen)}
          >
            {m.functions.deleteMany(chosen.length)}
          </Button>
        </BulkBar>
        <DataTable
          id="functions"
          label={m.functions.title}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          total={total}
          busy={query.isPlaceholderData}
          onOpen={open}
          onKey={(key, doc) => {
            if (key === "y") void copyText(doc.key);
            else if (key === "delete") setDeleting(chosen.length > 0 ? chosen : [doc]);
            else return false;
            return true;
          }}
          selected={selected}
          onSelect={setSelected}
          expanded={expanded}
          onExpand={setExpanded}
          details={details}
          onEnd={onEnd}
        />
      </ListView>
      {deleting !== undefined && (
        <DeleteFunctions
          project={project}
          targets={deleting}
          onClose={() => setDeleting(undefined)}
          onDone={() => {
            setDeleting(undefined);
            setSelected(new Set());
          }}
        />
      )}
    </Page>
  );
}
