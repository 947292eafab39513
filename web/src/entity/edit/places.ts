import { readSchema } from "../../forms/dialect.ts";
import type { Field } from "../../forms/field.ts";
import { type Hints, hintOf, readHints } from "../../forms/hints.ts";
import { child, parts } from "../../forms/value.ts";
import { fieldOf } from "../../forms/walk.ts";
import { titleOf } from "../../forms/words.ts";
import type { Messages } from "../../i18n/language.ts";
import type { Json } from "../../lib/json.ts";

/** What the forms of a document are drawn from, so that its places are called as in them. */
export interface Places {
  spec?: Json | undefined;
  uiSchema?: Json | undefined;
  metadata?: Json | undefined;
  /** What members are called that no schema knows, by their pointers. */
  titles?: Readonly<Record<string, string>> | undefined;
}

/** What the place of a document is called in the forms that edit it: the titles of the fields that lead there. */
export function placeTitles(m: Messages, { spec, uiSchema, metadata, titles }: Places): (pointer: string) => string {
  const known: Readonly<Record<string, string>> = {
    "/name": m.editor.name,
    "/kind": m.editor.kind,
    "/metadata/description": m.functions.description,
    "/metadata/labels": m.functions.labels,
    ...titles,
  };
  const forms: Readonly<Record<string, { root: Field; hints: Hints }>> = {
    spec: { root: readSchema(spec ?? {}), hints: readHints(uiSchema) },
    metadata: { root: readSchema(metadata ?? {}), hints: readHints(undefined) },
  };
  return (pointer) => {
    const [part = "", ...names] = parts(pointer);
    const form = forms[part];
    let at = child("", part);
    let hints = form?.hints ?? readHints(undefined);
    const trail = names.map((name, i) => {
      at = child(at, name);
      hints = hints.of(name);
      const holder = fieldOf(form?.root, names.slice(0, i));
      const field = holder?.type === "object" ? holder.fields.find((each) => each.name === name) : undefined;
      if (field !== undefined) return known[at] ?? titleOf(field, hintOf(field, hints), m.forms);
      // Deeper down it is what people call their own things, such as parameters.
      return known[at] ?? (i === 0 ? titleOf(unknown(name), {}, m.forms) : name);
    });
    return trail.length === 0 ? (known[at] ?? titleOf(unknown(part), {}, m.forms)) : trail.join(" › ");
  };
}

function unknown(name: string): Field {
  return { ...readSchema(true), name };
}
