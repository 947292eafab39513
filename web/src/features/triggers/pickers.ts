import type { Pickers, Placeholder } from "../../forms/pickers.ts";
import { placeholdersFor, written } from "../../forms/placeholders.ts";
import { messages } from "../../i18n/language.ts";
import { runPickers } from "../composer/queries.ts";
import { explain } from "./queries.ts";
import type { TriggerKind } from "./trigger.ts";

/** What a firing of each kind knows, for {{…}} in its template. */
export function placeholdersOf(kind: TriggerKind): readonly Placeholder[] {
  const help: Readonly<Record<string, string>> = messages().triggers.placeholders;
  const names =
    kind === "scheduler"
      ? ["timestamp", "schedule"]
      : [
          "input.key",
          "input.name",
          "input.id",
          "input.kind",
          "input.spec.path",
          "input.metadata.version",
          "input.metadata.created",
          "input.metadata.created_by",
          "input.status.state",
          "input.user",
          "input.project",
          "state",
          "timestamp",
          "key",
        ];
  return names.map((name) => ({ name, help: help[name] ?? "" }));
}

/** What the pickers of a trigger's form choose from: those of a run, with placeholders among entities. */
export function pickersOf(project: string, kind: TriggerKind): Pickers {
  const of = runPickers(project);
  const placeholders = placeholdersOf(kind);
  return {
    ...of,
    explain,
    placeholders,
    entities: (filter) => async (typed, signal) => {
      const open = typed.indexOf("{{");
      if (open >= 0) {
        const begun = typed.slice(open + 2).replaceAll(/[\s}]/g, "");
        return placeholdersFor(begun, placeholders).map(({ name, help }) => ({ value: written(name), note: help }));
      }
      return (await of.entities?.(filter)(typed, signal)) ?? [];
    },
  };
}
