import { isObject, type Json, type JsonObject } from "../../lib/json.ts";

/** What was typed for a sweep: one parameter, and the values that become a run each. */
export interface SweepDraft {
  parameter: string;
  values: string;
}

/** The most runs that one sweep starts. */
export const mostSwept = 50;

/** The values of a sweep: 5, 10, 20 or ["a", "b"]; each as JSON where it is some, else as text. */
export function sweepValues(text: string): readonly Json[] {
  const parsed = asJson(text.trim());
  if (Array.isArray(parsed)) return parsed;
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => asJson(part) ?? part);
}

/** Why a sweep cannot be started; undefined where it can. */
export function sweepProblem({ parameter, values }: SweepDraft): "few" | "many" | undefined {
  const { length } = sweepValues(values);
  if (length < 2 || parameter === "") return "few";
  return length > mostSwept ? "many" : undefined;
}

/** The same specification with another value of a parameter. */
export function withParameter(spec: JsonObject, name: string, value: Json): JsonObject {
  const parameters = isObject(spec["parameters"]) ? spec["parameters"] : {};
  return { ...spec, parameters: { ...parameters, [name]: value } };
}

function asJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
