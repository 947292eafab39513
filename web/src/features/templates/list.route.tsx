import { createFileRoute } from "@tanstack/react-router";
import { templates } from "./queries.ts";
import { parseTemplates } from "./search.ts";
import { TemplatesList } from "./TemplatesList.tsx";

export const Route = createFileRoute("/p/$project/templates")({
  validateSearch: parseTemplates,
  loader: ({ context }) => {
    void context.queryClient.prefetchQuery(templates.list());
  },
  component: TemplatesList,
});
