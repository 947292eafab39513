import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { RunDoc } from "./run.ts";
import { WentWrong } from "./WentWrong.tsx";

/** Draws why a run failed; executed is what the server says of the version that it executed. */
async function draw(code: string, executed: object | undefined) {
  vi.stubGlobal("fetch", ({ url }: Request) =>
    Promise.resolve(
      url.includes("/log") ? new Response("oh no\n") : Response.json({ content: [{ id: "r1", function: executed }] }),
    ),
  );
  const run = {
    id: "r1",
    kind: "made-up+job:run",
    metadata: {},
    spec: { function: "made-up://demo/train:v1", source: { code: "a\n" } },
    status: { state: "ERROR", reason: { code, message: "" } },
  } as unknown as RunDoc;
  const root = createRootRoute();
  const routeTree = root.addChildren([
    createRoute({
      getParentRoute: () => root,
      path: "/p/demo",
      component: () => <WentWrong project="demo" run={run} tail />,
    }),
  ]);
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: ["/p/demo"] }) });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await screen.findByText("oh no");
}

test("a run that failed by its function leads to the code of the version it executed", async () => {
  await draw("user_error", { id: "v1", version: 1 });
  const link = await screen.findByRole("link", { name: "Edit the function" });
  await vi.waitFor(() => expect(link.getAttribute("href")).toBe("/p/demo/functions/train/edit?v=v1#/spec/source/code"));
});

test("where that version is gone it leads to the newest", async () => {
  await draw("user_error", undefined);
  expect(screen.getByRole("link", { name: "Edit the function" }).getAttribute("href")).toBe(
    "/p/demo/functions/train/edit#/spec/source/code",
  );
});

test("a run that ran out of memory is not sent to its code", async () => {
  await draw("memory_limit", { id: "v1", version: 1 });
  expect(screen.queryByRole("link", { name: "Edit the function" })).toBeNull();
});

test("a run whose arguments were missing is to be given them, not to be mended", async () => {
  await draw("arguments_missing", { id: "v1", version: 1 });
  expect(screen.queryByRole("link", { name: "Edit the function" })).toBeNull();
  expect(screen.getByText(/a plain value as a parameter/)).toBeTruthy();
});
