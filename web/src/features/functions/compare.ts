import type { ComparedPart } from "../../entity/compare/CompareVersions.tsx";
import { writeYaml } from "../../forms/yaml-text.ts";
import { set } from "../../forms/value.ts";
import type { Messages } from "../../i18n/language.ts";
import { asJson, isObject, type JsonObject, member } from "../../lib/json.ts";
import { codeOf } from "../../lib/inline-code.ts";

interface Compared {
  metadata: object;
  spec: object;
}

/** What differs between two versions of a function, in the parts that people think in. */
export function comparedParts(m: Messages, before: Compared, after: Compared): ComparedPart[] {
  const both = (text: (doc: Compared) => string) => ({ before: text(before), after: text(after) });
  const code = (doc: Compared) => codeOf(doc.spec)?.text ?? "";
  const language = (codeOf(after.spec) ?? codeOf(before.spec))?.language ?? "text";
  return [
    { id: "code", label: m.functions.code, language, ...both(code) },
    { id: "requirements", label: m.functions.requirements, language: "text", ...both(requirements) },
    { id: "spec", label: m.functions.spec, language: "yaml", ...both(restOfSpec) },
    { id: "metadata", label: m.compare.metadata, language: "yaml", ...both(metadata) },
  ];
}

function plain(value: object): JsonObject {
  const copy = asJson(JSON.parse(JSON.stringify(value)));
  return isObject(copy) ? copy : {};
}

function requirements({ spec }: Compared): string {
  const list = member(plain(spec), "requirements");
  return Array.isArray(list)
    ? list.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("")
    : "";
}

// What the other parts show is left out, so that a change is shown once.
function restOfSpec({ spec }: Compared): string {
  let rest = plain(spec);
  if (codeOf(spec) !== undefined) {
    rest = set(rest, "/source/base64", undefined);
    rest = set(rest, "/source/code", undefined);
  }
  rest = set(rest, "/requirements", undefined);
  return Object.keys(rest).length === 0 ? "" : writeYaml(rest);
}

const ofVersion = new Set(["created", "created_by", "updated", "updated_by", "project", "name", "version"]);

function metadata(doc: Compared): string {
  const kept = Object.entries(plain(doc.metadata)).filter(([name]) => !ofVersion.has(name));
  return kept.length === 0 ? "" : writeYaml(Object.fromEntries(kept));
}
