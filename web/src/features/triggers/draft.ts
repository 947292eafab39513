import type { EntityDocument } from "../../entity/edit/document.ts";
import { equal, isObject, type JsonObject } from "../../lib/json.ts";
import type { NewTrigger } from "./mutations.ts";
import { usualState, writeKey } from "./pattern.ts";
import { plain, targetOf, text, type TriggerDoc, type TriggerKind, isKind, whenOf } from "./trigger.ts";

/** What is typed into the form of a trigger; both kinds are kept while one is chosen. */
export interface TriggerDraft {
  name: string;
  description: string;
  labels: readonly string[];
  kind: TriggerKind;
  scheduler: JsonObject;
  lifecycle: JsonObject;
  /** Name of the function. */
  fn: string;
  /** Id of its version; empty is the latest. */
  version: string;
  action: string;
  template: JsonObject;
}

/** An empty form. A schedule follows the person's own clock unless another zone is chosen. */
export function emptyDraft(project: string, zone: string): TriggerDraft {
  return {
    name: "",
    description: "",
    labels: [],
    kind: "scheduler",
    scheduler: { schedule: "@daily", timezone: zone },
    lifecycle: {
      key: writeKey({ type: "dataitem", kind: "", name: "" }, project),
      states: [usualState("dataitem")],
    },
    fn: "",
    version: "",
    action: "",
    template: {},
  };
}

/** The form of a trigger that is there. */
export function draftOf(doc: TriggerDoc, empty: TriggerDraft): TriggerDraft {
  const spec = plain(doc.spec);
  const target = targetOf(spec);
  const kind = isKind(doc.kind) ? doc.kind : "scheduler";
  const template = spec["template"];
  return {
    ...empty,
    name: doc.name,
    description: doc.metadata.description ?? "",
    labels: doc.metadata.labels ?? [],
    kind,
    [kind]: whenOf(spec),
    fn: target?.name ?? "",
    version: target?.version ?? "",
    action: target?.action ?? "",
    template: isObject(template) ? template : {},
  };
}

/** Whether the settings differ from those of a trigger, which cannot be changed in place. */
export function settingsChanged(draft: TriggerDraft, doc: TriggerDoc): boolean {
  const spec = plain(doc.spec);
  const target = targetOf(spec);
  return (
    draft.kind !== doc.kind ||
    draft.name !== doc.name ||
    draft.fn !== target?.name ||
    draft.version !== target.version ||
    draft.action !== target.action ||
    !equal(draft[draft.kind], whenOf(spec)) ||
    !equal(draft.template, spec["template"] ?? {})
  );
}

/** The draft as what is sent, for a version of the function. */
export function toSend(draft: TriggerDraft, project: string, of: { kind: string; id: string }): NewTrigger {
  const { name, kind, description, labels, template, action, fn } = draft;
  return {
    name,
    kind,
    description,
    labels,
    when: draft[kind],
    fn: `${of.kind}://${project}/${fn}:${of.id}`,
    task: `${of.kind}+${action}`,
    template,
  };
}

/** The draft as a document, to be compared with what somebody else saved. */
export function asDocument(draft: TriggerDraft): EntityDocument {
  const { name, kind, description, labels, fn, version, action, template } = draft;
  return {
    name,
    kind,
    metadata: { description, labels: [...labels] },
    spec: { ...draft[kind], function: fn, version, action, template },
  };
}

/** The form with what a document says; the other kind's settings stay as they are typed. */
export function fromDocument({ name, kind, metadata, spec }: EntityDocument, draft: TriggerDraft): TriggerDraft {
  const { function: fn, version, action, template, ...when } = spec;
  return fromJson(
    { ...toJson(draft), ...metadata, name, kind, [kind]: when, ...plain({ fn, version, action, template }) },
    draft,
  );
}

/** The draft as JSON, to be kept in the browser. */
export function toJson(draft: TriggerDraft): JsonObject {
  return plain(draft);
}

/** Whether nothing was typed into a new form: which kind is looked at is no typing. */
export function isUntouched(draft: TriggerDraft, fresh: TriggerDraft): boolean {
  return equal(toJson({ ...draft, kind: fresh.kind }), toJson(fresh));
}

/** Reads a draft that was kept; what is missing is as in an empty form. */
export function fromJson(kept: JsonObject, empty: TriggerDraft): TriggerDraft {
  const object = (name: string, otherwise: JsonObject) => (isObject(kept[name]) ? kept[name] : otherwise);
  const { labels } = kept;
  return {
    name: text(kept["name"]),
    description: text(kept["description"]),
    labels: Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [],
    kind: isKind(text(kept["kind"])) ? (text(kept["kind"]) === "lifecycle" ? "lifecycle" : "scheduler") : empty.kind,
    scheduler: object("scheduler", empty.scheduler),
    lifecycle: object("lifecycle", empty.lifecycle),
    fn: text(kept["fn"]),
    version: text(kept["version"]),
    action: text(kept["action"]),
    template: object("template", {}),
  };
}
