import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCallback, useMemo } from "react";
import { Begin } from "../../entity/Begin.tsx";
import { BulkDelete } from "../../entity/BulkDelete.tsx";
import { listPlace } from "../../entity/place.ts";
import { useChoice } from "../../entity/use-choice.ts";
import { useRows } from "../../entity/use-rows.ts";
import { useMessages } from "../../i18n/language.ts";
import { apiQuery } from "../../lib/api-query.ts";
import { present } from "../../lib/search-params.ts";
import { sorting } from "../../lib/sort.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { BulkBar } from "../../ui/table/BulkBar.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { secretColumns } from "./columns.tsx";
import { DeleteSecrets } from "./DeleteSecrets.tsx";
import { EditSecret } from "./EditSecret.tsx";
import { type SecretDoc, secrets } from "./queries.ts";
import { SecretDrawer } from "./SecretDrawer.tsx";
import { fromTokens, type SecretsSearch, toQuery, toTokens, usualSort } from "./search.ts";
import { CreateSecret } from "./shared/CreateSecret.tsx";

const route = getRouteApi("/p/$project/secrets");
const rowId = (doc: SecretDoc) => doc.id;
const rowName = (doc: SecretDoc) => doc.name;

/** The secrets of a project. Values are written, and shown on request alone. */
export function SecretsList() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const search = route.useSearch();
  const blocked = useWriteBlock();
  const tokens = toTokens(search);
  const order = present({ sort: search.sort });
  const filters = { ...fromTokens(tokens), ...order };
  const filtered = Object.keys(tokens).length > 0;
  const query = useInfiniteQuery(secrets.list(project, filters));
  const { rows, total, onEnd } = useRows(query);
  const { chosen, clear, table, deleting, onDelete, onDeleteChosen, dialog } = useChoice(rows, rowId, rowName);
  const unfiltered = useQuery({
    ...secrets.count(project),
    enabled: filtered && query.isSuccess && rows.length === 0,
  });
  const labels = useMemo(() => [...new Set(rows.flatMap((doc) => doc.metadata.labels ?? []))].toSorted(), [rows]);

  const go = useCallback(
    (next: SecretsSearch, replace = false) =>
      void navigate({ to: "/p/$project/secrets", params: { project }, search: next, replace }),
    [navigate, project],
  );
  const { create: _create, show: _show, edit: _edit, ...base } = search;
  const change = (part: SecretsSearch) => go({ ...base, ...part });
  const sorted = sorting(search.sort, usualSort, (part) => go({ ...fromTokens(tokens), ...part }));
  useShortcuts({ c: () => change({ create: true }) });
  const open = useCallback(
    (doc: SecretDoc) =>
      void navigate({ to: "/p/$project/secrets", params: { project }, search: (old) => ({ ...old, show: doc.name }) }),
    [navigate, project],
  );
  const edit = useCallback(
    (doc: SecretDoc) =>
      void navigate({ to: "/p/$project/secrets", params: { project }, search: (old) => ({ ...old, edit: doc.name }) }),
    [navigate, project],
  );
  const columns = useMemo(
    () => secretColumns({ m, project, blocked, onEdit: edit, onDelete }),
    [blocked, edit, m, onDelete, project],
  );
  const shown = useSecret(project, rows, search.show);
  const edited = useSecret(project, rows, search.edit);
  const createButton = (
    <Button tone="primary" icon={<Plus />} disabledReason={blocked} onClick={() => change({ create: true })}>
      {m.secrets.create}
    </Button>
  );
  return (
    <Page title={m.secrets.title} layout="fill" actions={createButton}>
      <FilterBar
        values={tokens}
        onChange={(values, typing) => go({ ...fromTokens(values), ...order }, typing)}
        search={{ id: "name", label: m.secrets.searchLabel }}
        filters={[
          {
            id: "label",
            label: m.secrets.labelFilter,
            type: "text",
            options: labels.map((value) => ({ value, label: value })),
          },
        ]}
        query={() => apiQuery(["-", project, "secrets"], toQuery(filters))}
        count={query.isSuccess ? m.ui.count(total, m.secrets.noun) : undefined}
      >
        <ColumnChooser id="secrets" columns={columns} {...sorted} />
      </FilterBar>
      <ListView
        state={query}
        what={m.secrets.noun.other}
        count={rows.length}
        filtered={filtered}
        totalUnfiltered={unfiltered.data}
        onClearFilters={() => go(order)}
        empty={
          <EmptyState title={m.secrets.emptyTitle} help={m.secrets.emptyHelp} action={createButton}>
            <Begin
              ways={[{ ...m.begin.secrets.run, place: listPlace("function", project) }]}
              command={`dhub create secret API_TOKEN --project ${project}`}
            />
          </EmptyState>
        }
      >
        <BulkBar count={chosen.length} onClear={clear}>
          <BulkDelete label={m.secrets.deleteMany(chosen.length)} onClick={onDeleteChosen} />
        </BulkBar>
        <DataTable
          primary
          arrangeable
          id="secrets"
          label={m.secrets.title}
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
          onKey={(key, doc) => {
            if (key !== "e") return table.onKey(key, doc);
            edit(doc);
            return true;
          }}
        />
      </ListView>
      {shown !== undefined && edited === undefined && deleting === undefined && (
        <SecretDrawer
          project={project}
          doc={shown}
          onClose={() => go(base)}
          onEdit={() => edit(shown)}
          onDelete={() => onDelete(shown)}
        />
      )}
      {edited !== undefined && (
        <EditSecret
          key={edited.id}
          project={project}
          doc={edited}
          onClose={() => change({ ...shownBeside(search.show) })}
        />
      )}
      {search.create === true && (
        <CreateSecret project={project} onClose={(made) => change({ ...shownBeside(made) })} />
      )}
      {deleting !== undefined && (
        <DeleteSecrets
          project={project}
          targets={deleting}
          {...dialog}
          onDone={() => {
            dialog.onDone();
            go(base);
          }}
        />
      )}
    </Page>
  );
}

function shownBeside(show: string | undefined): SecretsSearch {
  return show === undefined ? {} : { show };
}

/** The secret of a name that the address has, which may be one of a page that is not loaded. */
function useSecret(project: string, rows: readonly SecretDoc[], name: string | undefined): SecretDoc | undefined {
  const loaded = rows.find((doc) => doc.name === name);
  const { data } = useQuery({ ...secrets.named(project, name ?? ""), enabled: name !== undefined && !loaded });
  return name === undefined ? undefined : (loaded ?? data ?? undefined);
}
