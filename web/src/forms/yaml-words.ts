import type { Messages } from "../i18n/language.ts";
import type { YamlProblem } from "./yaml-text.ts";

/** Says why a YAML text cannot be read. */
export function yamlProblem(problem: YamlProblem, words: Messages["forms"]["yamlMode"]): string {
  switch (problem.rule) {
    case "syntax":
      return problem.message;
    case "precision":
      return words.precision(problem.message);
    case "not-json":
      return words.notJson(problem.message);
    case "not-object":
      return words.notObject;
  }
}
