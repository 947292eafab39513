import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Schema } from "../../api/client.ts";
import type { FieldError } from "../../api/error.ts";
import { readSchema } from "../../forms/dialect.ts";
import type { JsonObject } from "../../lib/json.ts";
import { composer } from "./queries.ts";
import { dataMembers, formSchema, memberOf, settable, withLimits } from "./spec.ts";

/** What most runs set: the groups of these are open. */
const unfolded = ["resources", "inputs", "outputs", "parameters", "init_parameters"];

/** The form of a run, from the schema of its kind: what can be set, and in which step. */
export function useRunForm(project: string, served: Schema<"Schema">) {
  const names = useMemo(() => settable(served.schema), [served]);
  const schema = useMemo(() => formSchema(served.schema), [served]);
  const root = useMemo(() => readSchema(schema), [schema]);
  const { data: allowed } = useQuery(composer.profiles(project));
  const part = (which: readonly string[], errors: readonly FieldError[]) => ({
    errors: errors.filter(({ pointer }) => which.includes(memberOf(pointer) ?? "")),
    omit: names.filter((member) => !which.includes(member)).map((member) => `/${member}`),
    unfolded,
  });
  return {
    /** The members of a specification that a person sets. */
    names,
    root,
    schema,
    uiSchema: withLimits(plainUi(served.uiSchema), allowed?.limits ?? {}),
    /** What of the form the first step shows. */
    configuration: (errors: readonly FieldError[]) =>
      part(
        names.filter((member) => !dataMembers.has(member)),
        errors,
      ),
    /** What of it the second shows: data and parameters. */
    data: (errors: readonly FieldError[]) =>
      part(
        names.filter((member) => dataMembers.has(member)),
        errors,
      ),
  };
}

function plainUi(ui: unknown): JsonObject | undefined {
  return ui === undefined ? undefined : (JSON.parse(JSON.stringify(ui)) as JsonObject);
}
