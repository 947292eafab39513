import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Download, Plus, Tag, Upload } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { errorText } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { Begin, type Way } from "../../entity/Begin.tsx";
import { BulkDelete } from "../../entity/BulkDelete.tsx";
import { downloadYaml } from "../../entity/export.ts";
import { LabelMany } from "../../entity/LabelMany.tsx";
import { authorFilter, updatedFilter } from "../../entity/updated.ts";
import { LatestVersions } from "../../entity/LatestVersions.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { namePlace } from "../../entity/place.ts";
import { useRows } from "../../entity/use-rows.ts";
import { useChoice } from "../../entity/use-choice.ts";
import { type Messages, useFormat, useMessages } from "../../i18n/language.ts";
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
import { statusWord } from "../../ui/status/status.ts";
import { BulkBar } from "../../ui/table/BulkBar.tsx";
import { ColumnChooser } from "../../ui/table/ColumnChooser.tsx";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { materialColumns } from "./columns.tsx";
import { CompareChosen } from "./CompareChosen.tsx";
import { DeleteMaterials } from "./DeleteMaterials.tsx";
import { readMaterial, updateMaterial } from "./edit.ts";
import { entityOf, type Material, type MaterialDoc, materialStates } from "./material.ts";
import { stored, versionsShown } from "./queries.ts";
import { fromTokens, type ListSearch, toQuery, toTokens, usualSort } from "./search.ts";
import { DropTarget } from "./upload/DropTarget.tsx";
import { useUploadDialog } from "./upload/use-upload-dialog.tsx";
import { useMaterial } from "./use-material.ts";

const route = getRouteApi("/p/$project/$material");
const rowId = (doc: MaterialDoc) => doc.name; // a new version of a name is the same row
const keyOf = (doc: MaterialDoc) => doc.key;

/** The data items, models or artifacts of a project: filtered and sorted in the URL, expandable, selectable. */
export function MaterialsList() {
  const { project } = route.useParams();
  const material = useMaterial();
  // What is selected and unfolded belongs to one of the three lists.
  return <List key={material} project={project} material={material} />;
}

function List({ project, material }: { project: string; material: ReturnType<typeof useMaterial> }) {
  const m = useMessages();
  const f = useFormat();
  const words = m.materials.of[material];
  const navigate = useNavigate();
  const search = route.useSearch();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [labelling, setLabelling] = useState<readonly MaterialDoc[] | undefined>(undefined);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());

  const query = useInfiniteQuery(stored.list(project, material, search));
  const { data: config } = useQuery(session.config());
  const tokens = toTokens(search);
  const filtered = Object.keys(tokens).length > 0;
  const { rows, total, onEnd } = useRows(query);
  const { chosen, clear, table, deleting, onDelete, onDeleteChosen, dialog } = useChoice(rows, rowId, keyOf);
  const unfiltered = useQuery({
    ...stored.count(project, material),
    enabled: filtered && query.isSuccess && rows.length === 0,
  });
  const kinds = useMemo(
    () => (config?.kinds ?? []).filter((kind) => kind.entity === entityOf(material)),
    [config, material],
  );

  const go = (next: ListSearch, replace = false) =>
    void navigate({ to: "/p/$project/$material", params: { project, material }, search: next, replace });
  const order = present({ sort: search.sort });
  const sorted = sorting(search.sort, usualSort, (part) => go({ ...fromTokens(tokens), ...part }));
  const open = useCallback(
    (doc: MaterialDoc) =>
      void navigate({ to: "/p/$project/$material/$name", params: { project, material, name: doc.name } }),
    [material, navigate, project],
  );
  const edit = ({ name }: MaterialDoc) =>
    void navigate({ to: "/p/$project/$material/$name/edit", params: { project, material, name } });
  const columns = useMemo(
    () =>
      materialColumns({
        m,
        f,
        project,
        material,
        onDelete,
        kindTitle: (kind) => kinds.find((known) => known.kind === kind)?.title ?? kind,
      }),
    [f, kinds, m, material, onDelete, project],
  );
  const details = useCallback(
    ({ name }: MaterialDoc) => (
      <LatestVersions
        name={name}
        place={namePlace(entityOf(material), project, name)}
        query={stored.versions(project, material, name, versionsShown)}
      />
    ),
    [material, project],
  );

  const save = () =>
    void downloadYaml(material, chosen).catch((error: unknown) => toast({ tone: "error", text: errorText(error) }));
  const upload = useUploadDialog({
    project,
    material,
    open: search.upload === true,
    onOpenChange: (isOpen) => go(withUpload(search, isOpen), !isOpen),
  });
  const uploadButton = (
    <Button tone="primary" icon={<Upload />} disabledReason={blocked} onClick={() => go(withUpload(search, true))}>
      {m.materials.upload}
    </Button>
  );
  const create = { to: "/p/$project/new/$entity", params: { project, entity: entityOf(material) } } as const;
  const createButton = (
    <ButtonLink {...create} icon={<Plus />}>
      {m.functions.create}
    </ButtonLink>
  );
  useShortcuts({ c: () => void navigate(create) });

  return (
    <DropTarget label={m.materials.uploads.drop} onFiles={upload.take}>
      <Page
        title={words.title}
        layout="fill"
        actions={
          <>
            {uploadButton}
            {createButton}
          </>
        }
      >
        <FilterBar
          values={tokens}
          onChange={(values, typing) => go({ ...fromTokens(values), ...order }, typing)}
          search={{ id: "name", label: m.functions.searchLabel }}
          filters={[
            {
              id: "kind",
              label: m.functions.kindFilter,
              type: "choice",
              options: kinds.map(({ kind, title }) => ({ value: kind, label: title })),
            },
            {
              id: "state",
              label: m.materials.stateFilter,
              type: "choice",
              options: materialStates.map((state) => ({ value: state, label: statusWord(m, state, "material") })),
            },
            { id: "label", label: m.functions.labelFilter, type: "text" },
            authorFilter(m, rows),
            updatedFilter(m, f, search.updated),
          ]}
          query={() => apiQuery(["-", project, material], toQuery(search, Date.now()))}
          count={query.isSuccess ? m.ui.count(total, words.noun) : undefined}
        >
          <ColumnChooser id={material} columns={columns} {...sorted} />
        </FilterBar>
        <ListView
          state={query}
          what={words.noun.other}
          count={rows.length}
          filtered={filtered}
          totalUnfiltered={unfiltered.data}
          onClearFilters={() => go(order)}
          empty={
            <EmptyState
              title={words.emptyTitle}
              help={words.emptyHelp}
              action={
                <>
                  {uploadButton}
                  {createButton}
                </>
              }
            >
              <Begin ways={waysOf(m, project, material)} command={`${commands[material]} --project ${project}`} />
            </EmptyState>
          }
        >
          <BulkBar count={chosen.length} onClear={clear}>
            {material === "models" && <CompareChosen project={project} chosen={chosen} />}
            <Button size="small" icon={<Download />} onClick={save}>
              {m.functions.export}
            </Button>
            <Button size="small" icon={<Tag />} disabledReason={blocked} onClick={() => setLabelling(chosen)}>
              {m.entities.label}
            </Button>
            <BulkDelete label={words.deleteMany(chosen.length)} onClick={onDeleteChosen} />
          </BulkBar>
          <DataTable
            primary
            arrangeable
            id={material}
            label={words.title}
            rows={rows}
            rowId={rowId}
            rowName={rowId}
            columns={columns}
            total={total}
            busy={query.isPlaceholderData}
            {...sorted}
            onOpen={open}
            {...table}
            onKey={(key, doc) => {
              if (key !== "e") return table.onKey(key, doc);
              edit(doc);
              return true;
            }}
            expanded={expanded}
            onExpand={setExpanded}
            details={details}
            onEnd={onEnd}
          />
        </ListView>
        {labelling !== undefined && (
          <LabelMany
            project={project}
            entity={entityOf(material)}
            targets={labelling}
            read={(id) => readMaterial(project, material, id)}
            write={(id, document, tag) => updateMaterial(project, material, id, document, tag)}
            onClose={() => setLabelling(undefined)}
          />
        )}
        {deleting !== undefined && (
          <DeleteMaterials project={project} material={material} names={deleting.map((doc) => doc.name)} {...dialog} />
        )}
        {upload.dialog}
      </Page>
    </DropTarget>
  );
}

const commands: Record<Material, string> = {
  dataitems: "dhub upload sales.csv",
  models: "dhub upload weights.bin --kind model --name classifier",
  artifacts: "dhub upload report.pdf",
};

function waysOf(m: Messages, project: string, material: Material): readonly Way[] {
  const { upload, address, run } = m.begin.materials;
  const params = { project };
  return [
    { ...upload, place: { to: "/p/$project/$material", params: { project, material }, search: { upload: "true" } } },
    { ...address, place: { to: "/p/$project/new/$entity", params: { project, entity: entityOf(material) } } },
    { ...run, place: { to: "/p/$project/templates", params } },
  ];
}

function withUpload(search: ListSearch, open: boolean): ListSearch {
  const { upload: _, ...rest } = search;
  return open ? { ...rest, upload: true } : rest;
}
