import type { Schema } from "../../api/client.ts";
import type { Format } from "../../i18n/format.ts";
import type { Messages } from "../../i18n/language.ts";
import type { OptionSource } from "../../ui/combobox/Combobox.tsx";
import type { Filter } from "../../ui/filter/filter.ts";
import { statusWord } from "../../ui/status/status.ts";
import type { RunRow } from "./run.ts";
import { type RunFilter, spans, timeToken } from "./search.ts";

const states = ["CREATED", "READY", "PENDING", "RUNNING", "STOP", "STOPPED", "COMPLETED", "ERROR", "DELETING"];

interface Known {
  kinds: readonly Schema<"ConsoleKind">[];
  rows: readonly RunRow[];
  /** The names of the project's functions. */
  functionNames: OptionSource;
}

/** The filters of the list. What is offered for a name is what there is, or was seen; anything else can be typed. */
export function runFilters(m: Messages, f: Format, filter: RunFilter, { kinds, rows, functionNames }: Known): Filter[] {
  const executable = kinds.filter((kind) => kind.entity === "function" || kind.entity === "workflow");
  const seen = (of: (run: RunRow) => string | undefined) =>
    [...new Set(rows.flatMap((run) => of(run) ?? []))].sort().map((value) => ({ value, label: value }));
  const time = timeToken(filter);
  const spanOptions = Object.keys(spans).map((span) => ({ value: span, label: m.runs.span(span) }));
  const chosen = time === undefined || Object.hasOwn(spans, time) ? [] : [{ value: time, label: timeWords(f, time) }];
  const c = m.runs.columns;
  return [
    {
      id: "kind",
      label: c.kind,
      type: "choice",
      options: executable.flatMap(({ kind, title, actions }) =>
        actions.map((action) => ({ value: `${kind}+${action}:run`, label: `${title} · ${action}` })),
      ),
    },
    {
      id: "state",
      label: c.state,
      type: "choice",
      multiple: true,
      options: states.map((state) => ({ value: state, label: statusWord(m, state, "run") })),
    },
    { id: "function", label: c.function, type: "word", suggest: functionNames },
    {
      id: "action",
      label: m.runs.action,
      type: "choice",
      options: [...new Set(executable.flatMap((kind) => kind.actions))].map((value) => ({ value, label: value })),
    },
    { id: "user", label: c.by, type: "word", options: seen((run) => run.user) },
    { id: "trigger", label: m.runs.trigger, type: "word", options: seen((run) => run.status.trigger?.job) },
    { id: "label", label: m.runs.label, type: "text", options: labelsOf(rows) },
    { id: "time", label: m.runs.time, type: "choice", options: [...spanOptions, ...chosen] },
  ];
}

function labelsOf(rows: readonly RunRow[]) {
  return [...new Set(rows.flatMap((run) => run.metadata.labels ?? []))]
    .sort()
    .map((value) => ({ value, label: value }));
}

function timeWords(f: Format, token: string): string {
  const [since = "", until = ""] = token.split("/");
  return [since, until]
    .map((moment) => (moment === "" ? "…" : Object.hasOwn(spans, moment) ? moment : f.dateTime(moment)))
    .join(" – ");
}
