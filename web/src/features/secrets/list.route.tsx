import { createFileRoute } from "@tanstack/react-router";
import { present } from "../../lib/search-params.ts";
import { secrets } from "./queries.ts";
import { parseSecrets } from "./search.ts";
import { SecretsList } from "./SecretsList.tsx";

export const Route = createFileRoute("/p/$project/secrets")({
  validateSearch: parseSecrets,
  loaderDeps: ({ search: { name, label } }) => present({ name, label }),
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(secrets.list(params.project, deps));
  },
  component: SecretsList,
});
