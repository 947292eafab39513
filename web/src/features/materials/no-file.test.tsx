import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import type { MaterialDoc } from "./material.ts";
import { PreviewTab } from "./PreviewTab.tsx";

/** Draws the preview of a version that names a path, where the server answers so. */
async function draw(status: number) {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ message: "No." }, { status })));
  const doc = {
    id: "d1",
    name: "cities",
    kind: "table",
    metadata: {},
    spec: { path: "s3://data/gone.csv" },
    status: { state: "READY" },
  } as unknown as MaterialDoc;
  const tab = { project: "demo", material: "dataitems", doc, versions: [doc], search: {}, onSearch: () => {} } as const;
  const root = createRootRoute({
    component: () => (
      <main>
        <h1>cities</h1>
        <PreviewTab {...tab} />
      </main>
    ),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RouterProvider router={createRouter({ routeTree: root, history: createMemoryHistory() })} />
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "cities" });
}

test("a version whose file is not there names the path and what to do", async () => {
  await draw(404);
  await screen.findByRole("heading", { name: "There is no file at s3://data/gone.csv" });
  expect(screen.getByText(/Upload the file here as a new version, or edit the path/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Edit the path" }).getAttribute("href")).toBe(
    "/p/demo/dataitems/cities/edit?v=d1#/spec/path",
  );
  expect(await violations()).toEqual([]);
});

test("another failure is shown as one", async () => {
  await draw(409);
  expect((await screen.findByRole("alert")).textContent).toContain("No.");
  expect(screen.queryByText(/There is no file at/)).toBeNull();
});
