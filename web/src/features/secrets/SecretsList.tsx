import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Plus, Trash2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
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
import { fits, fromTokens, type SecretsSearch, toTokens } from "./search.ts";
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
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [deleting, setDeleting] = useState<readonly SecretDoc[] | undefined>(undefined);
  const query = useQuery(secrets.list(project));
  const all = useMemo(() => query.data ?? [], [query.data]);
  const rows = useMemo(() => all.filter((doc) => fits(search, doc)), [all, search]);
  const tokens = toTokens(search);
  const labels = useMemo(() => [...new Set(all.flatMap((doc) => doc.metadata.labels ?? []))].toSorted(), [all]);

  const go = useCallback(
    (next: SecretsSearch, replace = false) =>
      void navigate({ to: "/p/$project/secrets", params: { project }, search: next, replace }),
    [navigate, project],
  );
  const filters = fromTokens(tokens);
  const { create: _create, show: _show, edit: _edit, ...base } = search;
  const change = (part: SecretsSearch) => go({ ...base, ...part });
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
  const onDelete = useCallback((doc: SecretDoc) => setDeleting([doc]), []);
  const columns = useMemo(
    () => secretColumns({ m, project, blocked, onEdit: edit, onDelete }),
    [blocked, edit, m, onDelete, project],
  );
  const chosen = rows.filter((doc) => selected.has(doc.id));
  const shown = all.find((doc) => doc.name === search.show);
  const edited = all.find((doc) => doc.name === search.edit);
  const createButton = (
    <Button tone="primary" icon={<Plus />} disabledReason={blocked} onClick={() => change({ create: true })}>
      {m.secrets.create}
    </Button>
  );
  return (
    <Page title={m.secrets.title} layout="fill" actions={createButton}>
      <FilterBar
        values={tokens}
        onChange={(values, typing) => go(fromTokens(values), typing)}
        search={{ id: "name", label: m.secrets.searchLabel }}
        filters={[
          {
            id: "label",
            label: m.secrets.labelFilter,
            type: "text",
            options: labels.map((value) => ({ value, label: value })),
          },
        ]}
        count={query.isSuccess ? m.ui.count(rows.length, m.secrets.noun) : undefined}
      >
        <ColumnChooser id="secrets" columns={columns} />
      </FilterBar>
      <ListView
        state={query}
        what={m.secrets.noun.other}
        count={rows.length}
        filtered={Object.keys(filters).length > 0}
        totalUnfiltered={all.length}
        onClearFilters={() => go({})}
        empty={<EmptyState title={m.secrets.emptyTitle} help={m.secrets.emptyHelp} action={createButton} />}
      >
        <BulkBar count={chosen.length} onClear={() => setSelected(new Set())}>
          <Button
            size="small"
            tone="danger"
            icon={<Trash2 />}
            disabledReason={blocked}
            onClick={() => setDeleting(chosen)}
          >
            {m.secrets.deleteMany(chosen.length)}
          </Button>
        </BulkBar>
        <DataTable
          id="secrets"
          label={m.secrets.title}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          total={rows.length}
          onOpen={open}
          onKey={(key, doc) => {
            if (key === "y") void copyText(doc.name);
            else if (key === "e") edit(doc);
            else if (key === "delete") setDeleting(chosen.length > 0 ? chosen : [doc]);
            else return false;
            return true;
          }}
          selected={selected}
          onSelect={setSelected}
        />
      </ListView>
      {shown !== undefined && edited === undefined && deleting === undefined && (
        <SecretDrawer
          project={project}
          doc={shown}
          onClose={() => go(base)}
          onEdit={() => edit(shown)}
          onDelete={() => setDeleting([shown])}
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
          onClose={() => setDeleting(undefined)}
          onDone={() => {
            setDeleting(undefined);
            setSelected(new Set());
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
