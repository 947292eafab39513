import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, File, Folder, FolderUp } from "lucide-react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { FilePreviewView } from "./FilePreviewView.tsx";
import css from "./FilesTab.module.css";
import { entriesOf, type FolderEntry, momentOf, waysTo } from "./file-tree.ts";
import { specText } from "./material.ts";
import { NoFile, saysNoFile } from "./NoFile.tsx";
import { type FileInfo, stored } from "./queries.ts";
import type { TabProps } from "./tab-props.ts";
import { useDownload } from "./use-download.tsx";

/** The files of a version, folder by folder, with a look into the one that is chosen. */
export function FilesTab(props: TabProps) {
  const { project, material, doc, search } = props;
  const m = useMessages();
  const words = m.materials.fileList;
  const query = useQuery(stored.files(project, material, doc.id));
  const download = useDownload({ project, material, doc });
  const save = (path: string, name: string) =>
    download.save({ sub: pathBelow(specText(doc, "path"), path), name, file: path });
  const files = query.data?.list ?? [];
  const dir = search.dir ?? "";
  const total = query.data?.total ?? 0;
  const entries = entriesOf(files, dir);
  const dated = entries.some((entry) => entry.is === "file" && entry.info.last_modified !== undefined);
  return (
    <ListView
      state={query}
      what={words.what}
      count={files.length}
      filtered={false}
      onClearFilters={() => {}}
      empty={<EmptyState title={words.nothing} help={words.nothingHelp(specText(doc, "path") ?? "")} />}
    >
      <div className={css.panes} data-open={search.file !== undefined || undefined}>
        <section className={css.list} aria-label={words.title}>
          <Way dir={dir} {...props} />
          {total > files.length && <p className={css.quiet}>{words.some(files.length, total)}</p>}
          <table className={css.table} aria-label={words.title}>
            <thead>
              <tr>
                <th scope="col">{m.functions.name}</th>
                <th scope="col" data-end>
                  {m.materials.size}
                </th>
                {dated && <th scope="col">{words.changed}</th>}
                <th scope="col">
                  <span className={css.hidden}>{m.ui.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <Entry key={`${entry.is} ${entry.path}`} entry={entry} dated={dated} onSave={save} {...props} />
              ))}
            </tbody>
          </table>
        </section>
        {search.file !== undefined && <Look path={search.file} files={files} {...props} />}
        {download.dialog}
      </div>
    </ListView>
  );
}

/** The way down to the folder that is open. */
function Way({ dir, project, material, doc, search }: TabProps & { dir: string }) {
  const m = useMessages();
  const words = m.materials.fileList;
  if (dir === "") return null;
  const ways = waysTo(dir);
  const to = (path: string) => ({
    to: "/p/$project/$material/$name" as const,
    params: { project, material, name: doc.name },
    search: {
      tab: "files",
      ...(search.v !== undefined && { v: search.v }),
      ...(path !== "" && { dir: path }),
    },
  });
  return (
    <nav className={css.way} aria-label={words.folder}>
      <Link {...to(ways.at(-2)?.path ?? "")} className={css.up}>
        <FolderUp aria-hidden="true" />
        {words.up}
      </Link>
      <ol>
        <li>
          <Link {...to("")}>{doc.name}</Link>
        </li>
        {ways.map(({ name, path }) => (
          <li key={path}>
            <Link {...to(path)}>{name}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface EntryProps extends TabProps {
  entry: FolderEntry;
  dated: boolean;
  onSave: (path: string, name: string) => void;
}

function Entry({ entry, dated, onSave, project, material, doc, search }: EntryProps) {
  const m = useMessages();
  const words = m.materials.fileList;
  const f = useFormat();
  const folder = entry.is === "folder";
  const at = folder ? { dir: entry.path } : { ...(search.dir !== undefined && { dir: search.dir }), file: entry.path };
  const changed = folder ? undefined : entry.info.last_modified;
  const bytes = folder ? entry.bytes : entry.info.size;
  return (
    <tr data-current={(!folder && search.file === entry.path) || undefined}>
      <td>
        <Link
          to="/p/$project/$material/$name"
          params={{ project, material, name: doc.name }}
          search={{ tab: "files", ...(search.v !== undefined && { v: search.v }), ...at }}
          resetScroll={false}
          className={css.entry}
        >
          {folder ? <Folder aria-hidden="true" /> : <File aria-hidden="true" />}
          <span>{entry.name}</span>
        </Link>
        {folder && <span className={css.holds}>{words.filesIn(entry.files)}</span>}
      </td>
      <td data-end>{bytes === undefined ? "" : f.bytes(bytes)}</td>
      {dated && <td>{changed && <TimeAgo at={momentOf(changed)} short />}</td>}
      <td data-end>
        {!folder && (
          <IconButton
            size="small"
            label={words.download(entry.name)}
            icon={<Download />}
            onClick={() => onSave(entry.path, entry.name)}
          />
        )}
      </td>
    </tr>
  );
}

/** A look into one file, and what is known of it. */
function Look({ path, files, ...props }: TabProps & { path: string; files: readonly FileInfo[] }) {
  const { project, material, doc, search, onSearch } = props;
  const m = useMessages();
  const words = m.materials.fileList;
  const f = useFormat();
  const query = useQuery(stored.preview(project, material, doc.id, pathBelow(specText(doc, "path"), path)));
  const info = files.find((file) => (file.path ?? file.name) === path);
  const facts = [
    info?.content_type,
    info?.size === undefined ? undefined : f.bytes(info.size),
    info?.hash === undefined ? undefined : info.hash,
  ];
  return (
    <section className={css.look} aria-label={words.lookInto(path)}>
      <h2>{path}</h2>
      <p className={css.quiet}>{facts.filter((fact) => fact !== undefined).join(" · ")}</p>
      {saysNoFile(query.error) ? (
        <NoFile project={project} material={material} doc={doc} file={path} />
      ) : (
        <ListView
          state={query}
          what={words.lookInto(path)}
          count={query.data === undefined ? 0 : 1}
          filtered={false}
          onClearFilters={() => {}}
          empty={null}
        >
          {query.data !== undefined && (
            <FilePreviewView label={words.contentOf(path)} preview={query.data} search={search} onSearch={onSearch} />
          )}
        </ListView>
      )}
    </section>
  );
}

/** A file's path below that of its version: of a version that is one file, nothing. */
function pathBelow(own: string | undefined, path: string): string {
  return own !== undefined && !own.endsWith("/") && own.endsWith(`/${path}`) ? "" : path;
}
