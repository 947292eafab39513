import { CalendarClock, Zap } from "lucide-react";
import type { Ref } from "react";
import type { FieldError } from "../../api/error.ts";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { TriggerDraft } from "./draft.ts";
import { PatternField } from "./PatternField.tsx";
import { readKey, statesOf, usualState } from "./pattern.ts";
import { kinds, plain, text, what } from "./trigger.ts";
import css from "./Triggers.module.css";

interface WhenFieldsProps {
  project: string;
  draft: TriggerDraft;
  /** The schema of the draft's kind. */
  form: JsonObject;
  /** The kinds of a type of entity. */
  kindsOf: (type: string) => readonly { kind: string; title: string }[];
  /** What the server refused of the trigger. */
  errors: readonly FieldError[];
  onChange: (part: Partial<TriggerDraft>) => void;
  ref: Ref<FormHandle>;
}

const unfolded = ["schedule"];
const omit = [...what, "key"].map((name) => `/${name}`);
const icons = { scheduler: CalendarClock, lifecycle: Zap };

/** When a trigger fires: its kind, and what that kind is told. */
export function WhenFields({ project, draft, form, kindsOf, errors, onChange, ref }: WhenFieldsProps) {
  const t = useMessages().triggers;
  return (
    <>
      <div className={css.tiles} role="radiogroup" aria-label={t.kind}>
        {kinds.map((kind) => {
          const Icon = icons[kind];
          return (
            <label key={kind} className={css.tile}>
              <input
                type="radio"
                name="trigger-kind"
                checked={draft.kind === kind}
                onChange={() => onChange({ kind })}
              />
              <Icon aria-hidden="true" />
              <span>{t.kinds[kind].title}</span>
              <span className={css.tileHelp}>{t.kinds[kind].help}</span>
            </label>
          );
        })}
      </div>
      {draft.kind === "lifecycle" && (
        <PatternField
          project={project}
          value={text(draft.lifecycle["key"])}
          kinds={kindsOf}
          error={errors.find(({ pointer }) => pointer === "/spec/key")?.message}
          onChange={(next) => {
            const before = readKey(text(draft.lifecycle["key"]), project)?.type;
            const type = readKey(next, project)?.type;
            // Another type has other states.
            const moved = type !== undefined && before !== undefined && type !== before;
            onChange({
              lifecycle: { ...draft.lifecycle, key: next, ...(moved && { states: [usualState(type)] }) },
            });
          }}
        />
      )}
      <SchemaForm
        key={draft.kind}
        ref={ref}
        label={t.when}
        schema={narrowed(form, draft, project)}
        value={draft[draft.kind]}
        onChange={(value) => onChange({ [draft.kind]: value })}
        errors={errors.filter(({ pointer }) => pointer.startsWith("/spec/") && !pointer.startsWith("/spec/template"))}
        base="/spec"
        omit={omit}
        unfolded={unfolded}
      />
    </>
  );
}

/** The schema with only those states that what is watched enters. */
function narrowed(form: ReturnType<typeof plain>, draft: TriggerDraft, project: string) {
  const type = draft.kind === "lifecycle" ? readKey(text(draft.lifecycle["key"]), project)?.type : undefined;
  const states = type === undefined ? undefined : statesOf[type];
  if (states === undefined) return form;
  const properties = plain(form["properties"]);
  const list = plain(properties["states"]);
  return {
    ...form,
    properties: { ...properties, states: { ...list, items: { ...plain(list["items"]), enum: [...states] } } },
  };
}
