import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Download, Plus, Tag } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { errorText } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { BeginWithTemplate } from "../../entity/Begin.tsx";
import { BulkDelete } from "../../entity/BulkDelete.tsx";
import { downloadYaml } from "../../entity/export.ts";
import { ImportButton } from "../../entity/import/ImportButton.tsx";
import { LatestVersions } from "../../entity/LatestVersions.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { namePlace } from "../../entity/place.ts";
import { LabelMany } from "../../entity/LabelMany.tsx";
import { authorFilter, updatedFilter } from "../../entity/updated.ts";
import { useRows } from "../../entity/use-rows.ts";
import { useChoice } from "../../entity/use-choice.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { apiQuery } from "../../lib/api-query.ts";
import { present } from "../../lib/search-params.ts";
import { sorting } from "../../lib/sort.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import type { FilterValues } from "../../ui/filter/filter.ts";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { BulkBar } from "../../ui/table/BulkBar.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { functionColumns } from "./columns.tsx";
import { DeleteFunctions } from "./DeleteFunctions.tsx";
import { updateFunction } from "./mutations.ts";
import { type FunctionDoc, functions, readStored, versionsShown, withoutRuns } from "./queries.ts";
import { type FunctionFilter, fromTokens, toQuery, toTokens, usualSort } from "./search.ts";

const route = getRouteApi("/p/$project/functions");
const rowId = (doc: FunctionDoc) => doc.name; // a new version of a name is the same row
const keyOf = (doc: FunctionDoc) => doc.key;
const rowName = (doc: FunctionDoc) => doc.name;

/** The functions of a project: filtered in the URL, expandable, selectable. */
export function FunctionsList() {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [labelling, setLabelling] = useState<readonly FunctionDoc[] | undefined>(undefined);
  const navigate = useNavigate();
  const { project } = route.useParams();
  const filter = route.useSearch();
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());

  const query = useInfiniteQuery(functions.list(project, filter));
  const { data: config } = useQuery(session.config());
  const tokens = toTokens(filter);
  const filtered = Object.keys(tokens).length > 0;
  const { rows, total, onEnd } = useRows(query);
  const { chosen, clear, table, deleting, onDelete, onDeleteChosen, dialog } = useChoice(rows, rowId, keyOf);
  const unfiltered = useQuery({
    ...functions.count(project),
    enabled: filtered && query.isSuccess && rows.length === 0,
  });
  const kinds = useMemo(() => (config?.kinds ?? []).filter((kind) => kind.entity === "function"), [config]);

  const go = (search: FunctionFilter, replace = false) =>
    void navigate({ to: "/p/$project/functions", params: { project }, search, replace });
  const order = present({ sort: filter.sort });
  const change = (values: FilterValues, typing: boolean) => go({ ...fromTokens(values), ...order }, typing);
  const sorted = sorting(filter.sort, usualSort, (part) => go({ ...fromTokens(tokens), ...part }));
  useShortcuts({ c: () => void navigate({ to: "/p/$project/new/function", params: { project } }) });
  const open = useCallback(
    (doc: FunctionDoc) => void navigate({ to: "/p/$project/functions/$name", params: { project, name: doc.name } }),
    [navigate, project],
  );
  const onKey = (key: string, doc: FunctionDoc): boolean => {
    const params = { project, name: doc.name };
    if (key === "e") void navigate({ to: "/p/$project/functions/$name/edit", params });
    else if (key === "r") void navigate({ to: "/p/$project/functions/$name/run", params, hash: "/parameters" });
    else return table.onKey(key, doc);
    return true;
  };
  const save = () =>
    void downloadYaml("functions", chosen.map(withoutRuns)).catch((error: unknown) =>
      toast({ tone: "error", text: errorText(error) }),
    );
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
          authorFilter(m, rows),
          updatedFilter(m, f, filter.updated),
        ]}
        query={() => apiQuery(["-", project, "functions"], toQuery(filter, Date.now()))}
        count={query.isSuccess ? m.ui.count(total, m.functions.noun) : undefined}
      >
        <ColumnChooser id="functions" columns={columns} {...sorted} />
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
              <ButtonLink tone="primary" icon={<Plus />} to="/p/$project/new/function" params={{ project }}>
                {m.functions.create}
              </ButtonLink>
            }
          >
            <BeginWithTemplate project={project} command={`dhub run hello.py:main --project ${project}`} />
          </EmptyState>
        }
      >
        <BulkBar count={chosen.length} onClear={clear}>
          <Button size="small" icon={<Download />} onClick={save}>
            {m.functions.export}
          </Button>
          <Button size="small" icon={<Tag />} disabledReason={blocked} onClick={() => setLabelling(chosen)}>
            {m.entities.label}
          </Button>
          <BulkDelete label={m.functions.deleteMany(chosen.length)} onClick={onDeleteChosen} />
        </BulkBar>
        <DataTable
          primary
          arrangeable
          id="functions"
          label={m.functions.title}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          total={total}
          busy={query.isPlaceholderData}
          onOpen={open}
          {...sorted}
          {...table}
          onKey={onKey}
          expanded={expanded}
          onExpand={setExpanded}
          details={details}
          onEnd={onEnd}
        />
      </ListView>
      {labelling !== undefined && (
        <LabelMany
          project={project}
          entity="function"
          targets={labelling}
          read={(id) => readStored(project, id)}
          write={(id, document, tag) => updateFunction(project, id, document, tag)}
          onClose={() => setLabelling(undefined)}
        />
      )}
      {deleting !== undefined && <DeleteFunctions project={project} targets={deleting} {...dialog} />}
    </Page>
  );
}
