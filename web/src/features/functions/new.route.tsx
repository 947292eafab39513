import { createFileRoute } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { editing } from "../../entity/edit/queries.ts";
import { oneText, present } from "../../lib/search-params.ts";
import { NewFunction } from "./NewFunction.tsx";
import { functions } from "./queries.ts";

export const Route = createFileRoute("/p/$project/new/function")({
  validateSearch: (values: Record<string, unknown>): NewSearch =>
    present({
      kind: oneText(values["kind"]),
      template: oneText(values["template"]),
      from: oneText(values["from"]),
      as: values["as"] === "version" ? ("version" as const) : undefined,
    }),
  loaderDeps: ({ search: { from } }) => ({ from }),
  loader: ({ context: { queryClient }, params: { project }, deps: { from } }) =>
    Promise.all([
      queryClient.ensureQueryData(editing.schemas(project, "function")),
      queryClient.ensureQueryData(editing.templates("function")),
      queryClient.ensureQueryData(session.config()),
      from === undefined ? undefined : queryClient.ensureQueryData(functions.detail(project, from)),
    ]),
  component: NewFunction,
});

/** What the address of the form asks for: a kind, a template, or a copy of a version, as a version of its name. */
interface NewSearch {
  kind?: string;
  template?: string;
  from?: string;
  as?: "version";
}
