import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCallback, useMemo } from "react";
import { session } from "../../api/session.ts";
import { Begin } from "../../entity/Begin.tsx";
import { BulkDelete } from "../../entity/BulkDelete.tsx";
import { useChoice } from "../../entity/use-choice.ts";
import { useRows } from "../../entity/use-rows.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { apiQuery } from "../../lib/api-query.ts";
import { present } from "../../lib/search-params.ts";
import { sorting } from "../../lib/sort.ts";
import { useWriteBlock } from "../../live/state.ts";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import type { FilterValues } from "../../ui/filter/filter.ts";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { BulkBar } from "../../ui/table/BulkBar.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { triggerColumns } from "./columns.tsx";
import { DeleteTriggers } from "./DeleteTriggers.tsx";
import { triggers } from "./queries.ts";
import { fromTokens, toQuery, toTokens, type TriggerFilter, usualSort } from "./search.ts";
import { kinds, targetOf, type TriggerRow } from "./trigger.ts";

const route = getRouteApi("/p/$project/triggers");
const rowId = (row: TriggerRow) => row.id;
const rowName = (row: TriggerRow) => row.name;
const keyOf = (row: TriggerRow) => row.key;
const states = ["RUNNING", "STOPPED", "ERROR"];

/** The triggers of a project: each with a switch, when it fires, and what became of it. */
export function TriggersList() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const filter = route.useSearch();
  const blocked = useWriteBlock();
  const query = useInfiniteQuery(triggers.list(project, filter));
  const { data: config } = useQuery(session.config());
  const { rows, total, onEnd } = useRows(query);
  const { chosen, clear, table, deleting, onDelete, onDeleteChosen, dialog } = useChoice(rows, rowId, keyOf);
  const tokens = toTokens(filter);
  const filtered = Object.keys(tokens).length > 0;
  const unfiltered = useQuery({
    ...triggers.count(project),
    enabled: filtered && query.isSuccess && rows.length === 0,
  });
  const names = useMemo(
    () => [...new Set(rows.flatMap((row) => targetOf(row.spec)?.name ?? []).concat(filter.function ?? []))].toSorted(),
    [rows, filter],
  );
  const kindTitle = useCallback(
    (kind: string) => config?.kinds.find((each) => each.entity === "trigger" && each.kind === kind)?.title ?? kind,
    [config],
  );
  const go = (search: TriggerFilter, replace = false) =>
    void navigate({ to: "/p/$project/triggers", params: { project }, search, replace });
  const order = present({ sort: filter.sort });
  const change = (values: FilterValues, typing: boolean) => go({ ...fromTokens(values), ...order }, typing);
  const sorted = sorting(filter.sort, usualSort, (part) => go({ ...fromTokens(tokens), ...part }));
  useShortcuts({ c: () => void navigate({ to: "/p/$project/new/trigger", params: { project } }) });
  const open = useCallback(
    (row: TriggerRow) => void navigate({ to: "/p/$project/triggers/$id", params: { project, id: row.id } }),
    [navigate, project],
  );
  const edit = useCallback(
    (row: TriggerRow) => void navigate({ to: "/p/$project/triggers/$id/edit", params: { project, id: row.id } }),
    [navigate, project],
  );
  const columns = useMemo(
    () => triggerColumns({ m, project, blocked, kindTitle, onEdit: edit, onDelete }),
    [blocked, edit, kindTitle, m, onDelete, project],
  );
  const create = (
    <ButtonLink tone="primary" icon={<Plus />} to="/p/$project/new/trigger" params={{ project }}>
      {m.triggers.create}
    </ButtonLink>
  );
  return (
    <Page title={m.triggers.title} layout="fill" actions={create}>
      <FilterBar
        values={tokens}
        onChange={change}
        search={{ id: "name", label: m.triggers.searchLabel }}
        filters={[
          {
            id: "kind",
            label: m.triggers.kind,
            type: "choice",
            options: kinds.map((value) => ({ value, label: kindTitle(value) })),
          },
          {
            id: "state",
            label: m.triggers.state,
            type: "choice",
            options: states.map((value) => ({ value, label: statusWord(m, value, "trigger") })),
          },
          {
            id: "function",
            label: m.triggers.function,
            type: "choice",
            options: names.map((value) => ({ value, label: value })),
          },
        ]}
        query={() => apiQuery(["-", project, "triggers"], toQuery(filter))}
        count={query.isSuccess ? m.ui.count(total, m.triggers.noun) : undefined}
      >
        <ColumnChooser id="triggers" columns={columns} {...sorted} />
      </FilterBar>
      <ListView
        state={query}
        what={m.triggers.noun.other}
        count={rows.length}
        filtered={filtered}
        totalUnfiltered={unfiltered.data}
        onClearFilters={() => change({}, false)}
        empty={
          <EmptyState title={m.triggers.emptyTitle} help={m.triggers.emptyHelp} action={create}>
            <Begin
              ways={kinds.map((kind) => ({
                ...m.begin.triggers[kind],
                place: { to: "/p/$project/new/trigger", params: { project }, search: { kind } },
              }))}
            />
          </EmptyState>
        }
      >
        <BulkBar count={chosen.length} onClear={clear}>
          <BulkDelete label={m.triggers.deleteMany(chosen.length)} onClick={onDeleteChosen} />
        </BulkBar>
        <DataTable
          primary
          arrangeable
          id="triggers"
          label={m.triggers.title}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          total={total}
          busy={query.isPlaceholderData}
          onOpen={open}
          onEnd={onEnd}
          {...sorted}
          {...table}
          onKey={(key, row) => {
            if (key !== "e") return table.onKey(key, row);
            edit(row);
            return true;
          }}
        />
      </ListView>
      {deleting !== undefined && <DeleteTriggers project={project} targets={deleting} {...dialog} />}
    </Page>
  );
}
