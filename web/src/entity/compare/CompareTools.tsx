import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import css from "./Compare.module.css";
import { type CompareRow, toCsv, toMarkdown } from "./rows.ts";

interface CompareToolsProps {
  /** Also fields that all share. */
  all: boolean;
  find: string;
  onAll: (all: boolean) => void;
  onFind: (find: string) => void;
}

/** Which rows of a comparison are shown. */
export function CompareTools({ all, find, onAll, onFind }: CompareToolsProps) {
  const m = useMessages();
  return (
    <div className={css.tools}>
      <Checkbox label={m.compare.diffOnly} checked={!all} onChange={(only) => onAll(!only)} />
      <TextField label={m.compare.find} value={find} onChange={onFind} />
    </div>
  );
}

interface CompareExportsProps {
  names: readonly string[];
  /** The rows that are shown. */
  rows: readonly CompareRow[];
  /** The name of the file. */
  file: string;
}

/** A comparison as a file, as text for a document, as a link. */
export function CompareExports({ names, rows, file }: CompareExportsProps) {
  const m = useMessages();
  const toast = useToast();
  const copy = async (text: string) =>
    toast((await copyText(text)) ? { tone: "success", text: m.ui.copied } : { tone: "error", text: m.ui.copyFailed });
  return (
    <>
      <Button onClick={() => download(toCsv(names, rows), file)}>{m.compare.csv}</Button>
      <Button onClick={() => void copy(toMarkdown(names, rows))}>{m.compare.markdown}</Button>
      <Button onClick={() => void copy(location.href)}>{m.compare.link}</Button>
    </>
  );
}

function download(text: string, file: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = file;
  link.click();
  URL.revokeObjectURL(href);
}
