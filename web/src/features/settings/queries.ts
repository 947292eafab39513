import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { key } from "../../api/keys.ts";

/** Everything that is read for the settings of a project. */
export const settings = {
  /** The project, and the mark of what of it was read. */
  project: (project: string) =>
    queryOptions({
      queryKey: key("project", project, "detail"),
      queryFn: async ({ signal }) => {
        const call = api.GET("/api/v1/projects/{id}", { signal, params: { path: { id: project } } });
        const [doc, { response }] = await Promise.all([body(call), call]);
        return { doc, etag: response.headers.get("etag") ?? undefined };
      },
    }),

  /** Profiles that runs may name, and the most that one may ask for. */
  limits: (project: string) =>
    queryOptions({
      queryKey: key("run", project, "settings", { profiles: true }),
      queryFn: ({ signal }) => body(api.GET("/api/v1/-/{project}/profiles", { signal, params: { path: { project } } })),
    }),

  /** The labels that begin with a text, in order of their letters, with how much carries each. */
  labels: (project: string, begins: string) =>
    infiniteQueryOptions({
      queryKey: key("label", project, "list", { begins }),
      queryFn: ({ signal, pageParam }) =>
        body(
          api.GET("/api/v1/-/{project}/labels", {
            signal,
            params: {
              path: { project },
              query: { include: ["use"], page: pageParam, size: 50, ...(begins !== "" && { label: begins }) },
            },
          }),
        ),
      initialPageParam: 0,
      getNextPageParam: ({ last, number }) => (last ? undefined : number + 1),
      placeholderData: keepPreviousData,
    }),

  /** Whether anything in the project carries a label: the shortest of those that begin with it comes first. */
  hasLabel: (project: string, label: string) =>
    queryOptions({
      queryKey: key("label", project, "detail", { label }),
      queryFn: async ({ signal }) => {
        const { content } = await body(
          api.GET("/api/v1/-/{project}/labels", { signal, params: { path: { project }, query: { label, size: 1 } } }),
        );
        return content[0]?.label === label;
      },
      enabled: label !== "",
    }),

  /** The presets and views that the user keeps in the project. Two calls. */
  saved: (project: string) =>
    queryOptions({
      queryKey: key("session", project, "settings", { saved: true }),
      queryFn: async ({ signal }) => {
        const ask = { signal, params: { path: { project } } };
        const [presets, views] = await Promise.all([
          body(api.GET("/api/v1/-/{project}/presets", ask)),
          body(api.GET("/api/v1/-/{project}/views", ask)),
        ]);
        return { presets, views };
      },
      staleTime: 0,
    }),
};
