import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { session } from "../../api/session.ts";
import { useRows } from "../../entity/use-rows.ts";
import { present } from "../../lib/search-params.ts";
import { sorting } from "../../lib/sort.ts";
import { loadWords, useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { lazily, useFetchedLater } from "../../ui/lazy/lazily.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { projectColumns } from "./columns.tsx";
import { type ProjectDoc, projects } from "./queries.ts";
import { filterOf, fromTokens, type ProjectFilter, toTokens, usualSort } from "./search.ts";

// Nobody needs them before the list stands.
const CreateProject = lazily(async () => {
  const [part] = await Promise.all([import("./CreateProject.tsx"), loadWords()]); // of drafts, which all forms share
  return part.CreateProject;
});
const DeleteProject = lazily(async () => (await import("./shared/DeleteProject.tsx")).DeleteProject);
const dialogs = [CreateProject, DeleteProject];

const route = getRouteApi("/");
const rowId = (project: ProjectDoc) => project.name;

/** All projects: the first page of the console. */
export function ProjectsList() {
  const m = useMessages();
  const f = useFormat();
  const navigate = useNavigate();
  const search = route.useSearch();
  const blocked = useWriteBlock();
  const [deleting, setDeleting] = useState<string | undefined>(undefined);
  const filter = filterOf(search);
  const tokens = toTokens(filter);
  const filtered = Object.keys(tokens).length > 0;
  const query = useInfiniteQuery(projects.list(filter));
  const { data: me } = useQuery(session.me());
  const { rows, total, onEnd } = useRows(query);
  const unfiltered = useQuery({ ...projects.count(), enabled: filtered && query.isSuccess && rows.length === 0 });
  const owners = [...new Set([...rows.map(({ metadata }) => metadata.created_by), ...(tokens["owner"] ?? [])])];
  const go = (next: ProjectFilter, replace = false) => void navigate({ to: "/", search: next, replace });
  const create = (open: boolean) => void navigate({ to: "/", search: { ...filter, ...(open && { create: true }) } });
  const order = present({ sort: filter.sort });
  const sorted = sorting(filter.sort, usualSort, (part) => go({ ...fromTokens(tokens), ...part }));
  useFetchedLater(dialogs);
  useShortcuts({ c: () => create(true) });

  const columns = useMemo(() => projectColumns({ m, f, me, blocked, onDelete: setDeleting }), [blocked, f, m, me]);
  const open = useCallback(
    (project: ProjectDoc) => void navigate({ to: "/p/$project", params: { project: project.name } }),
    [navigate],
  );
  const createButton = (
    <Button tone="primary" icon={<Plus />} disabledReason={blocked} onClick={() => create(true)}>
      {m.projects.create}
    </Button>
  );
  return (
    <Page title={m.projects.title} layout="fill" actions={createButton}>
      <FilterBar
        values={tokens}
        onChange={(values, typing) => go({ ...fromTokens(values), ...order }, typing)}
        filters={[
          { id: "label", label: m.projects.labelFilter, type: "text" },
          {
            id: "owner",
            label: m.projects.by,
            type: "choice",
            options: owners.toSorted().map((value) => ({ value, label: value })),
          },
        ]}
        search={{ id: "name", label: m.projects.search }}
        count={query.isSuccess ? m.ui.count(total, m.projects.noun) : undefined}
      >
        <ColumnChooser id="projects" columns={columns} {...sorted} />
      </FilterBar>
      <ListView
        state={query}
        what={m.projects.noun.other}
        count={rows.length}
        filtered={filtered}
        totalUnfiltered={unfiltered.data}
        onClearFilters={() => go(order)}
        empty={<EmptyState title={m.projects.emptyTitle} help={m.projects.emptyHelp} />}
      >
        <DataTable
          primary
          arrangeable
          id="projects"
          label={m.projects.title}
          rows={rows}
          rowId={rowId}
          rowName={rowId}
          columns={columns}
          total={total}
          busy={query.isPlaceholderData}
          onOpen={open}
          onEnd={onEnd}
          {...sorted}
        />
      </ListView>
      {search.create === true && <CreateProject onClose={() => create(false)} />}
      {deleting !== undefined && <DeleteProject name={deleting} onClose={() => setDeleting(undefined)} />}
    </Page>
  );
}
