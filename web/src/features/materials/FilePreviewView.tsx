import { useFormat, useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { present } from "../../lib/search-params.ts";
import css from "./FilePreviewView.module.css";
import type { PageSearch } from "./page-search.ts";
import type { FilePreview } from "./queries.ts";
import { TableView } from "./TableView.tsx";

interface FilePreviewViewProps {
  label: string;
  preview: FilePreview;
  search: PageSearch;
  onSearch: (search: PageSearch, replace?: boolean) => void;
}

/** A look into a file. What it holds is data: HTML is shown as text, and no script of it ever runs. */
export function FilePreviewView({ label, preview, search, onSearch }: FilePreviewViewProps) {
  const m = useMessages();
  const words = m.materials.preview;
  const f = useFormat();
  if (preview.kind === "table" && preview.table !== undefined) {
    const { find: _, column: _column, ...rest } = search;
    return (
      <TableView
        label={label}
        table={preview.table}
        find={search.find}
        column={search.column}
        onChange={(next, typing) => onSearch({ ...rest, ...present(next) }, typing)}
      />
    );
  }
  if (preview.kind === "image" && preview.data !== undefined) {
    // The server has seen by the bytes that it is an image, and none that can hold script.
    return (
      <img
        className={css.image}
        src={`data:${preview.content_type};base64,${preview.data}`}
        alt={words.imageOf(preview.name)}
      />
    );
  }
  if (preview.kind === "text" && preview.text !== undefined) {
    return (
      <div className={css.text}>
        {preview.truncated && <p className={css.note}>{words.beginning(f.bytes(preview.size))}</p>}
        {/* A region that scrolls must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <pre className={css.content} role="region" aria-label={label} tabIndex={0}>
          {preview.text}
        </pre>
      </div>
    );
  }
  return (
    <Callout tone="info" title={words.cannotShow}>
      {[preview.content_type, f.bytes(preview.size), preview.reason].filter((part) => part !== undefined).join(" · ")}
    </Callout>
  );
}
