import { useQuery } from "@tanstack/react-query";
import { useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { settled } from "../../ui/state/settled.ts";
import { FilePreviewView } from "./FilePreviewView.tsx";
import { isThere } from "./material.ts";
import { NoFile, saysNoFile } from "./NoFile.tsx";
import { stored } from "./queries.ts";
import type { TabProps } from "./tab-props.ts";

/** The first rows of a table. */
export function PreviewTab({ project, material, doc, search, onSearch }: TabProps) {
  const m = useMessages();
  const words = m.materials.preview;
  const query = useQuery({ ...stored.preview(project, material, doc.id, ""), enabled: isThere(doc) });
  if (isThere(doc) && saysNoFile(query.error)) return <NoFile project={project} material={material} doc={doc} />;
  return (
    <ListView
      state={isThere(doc) ? query : settled}
      what={words.what}
      count={query.data === undefined ? 0 : 1}
      filtered={false}
      onClearFilters={() => {}}
      empty={<EmptyState title={words.nothing} help={words.nothingHelp} />}
    >
      {query.data !== undefined && (
        <FilePreviewView label={words.rowsOf(doc.name)} preview={query.data} search={search} onSearch={onSearch} />
      )}
    </ListView>
  );
}
