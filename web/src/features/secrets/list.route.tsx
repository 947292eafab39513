import { createFileRoute } from "@tanstack/react-router";
import { secrets } from "./queries.ts";
import { parseSecrets } from "./search.ts";
import { SecretsList } from "./SecretsList.tsx";

export const Route = createFileRoute("/p/$project/secrets")({
  validateSearch: parseSecrets,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(secrets.list(params.project));
  },
  component: SecretsList,
});
