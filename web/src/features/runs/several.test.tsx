import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { Route } from "./compare.route.tsx";
import { runs } from "./queries.ts";

test("runs are compared although the metrics of one cannot be read", async () => {
  const content = ["a", "b"].map((id) => ({ id, name: id, kind: "k+job:run", spec: {}, metadata: {}, status: {} }));
  vi.stubGlobal("fetch", ({ url }: Request) => {
    if (!url.includes("/metrics")) return Promise.resolve(Response.json({ content }));
    return Promise.resolve(
      url.includes("/b/") ? Response.json({ message: "gone" }, { status: 404 }) : Response.json({ loss: [2, 1] }),
    );
  });
  const found = await new QueryClient().fetchQuery(runs.several("demo", ["b", "a"]));
  expect(found.map(({ id, status }) => [id, status.metrics])).toEqual([
    ["b", undefined],
    ["a", { loss: [2, 1] }],
  ]);
});

test("a run that the address names twice is compared once", () => {
  const { validateSearch } = Route.options;
  expect(typeof validateSearch === "function" && validateSearch({ ids: ["a,b", "a", "c"] })).toEqual({
    ids: ["a", "b", "c"],
  });
});
