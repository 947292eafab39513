import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { Documents } from "./Documents.tsx";
import { projectDocuments } from "./export-project.ts";

test("a project is exported whole, however many pages its lists have", async () => {
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    if (pathname.endsWith("/projects/demo")) return Response.json({ kind: "project", name: "demo", metadata: {} });
    const page = Number(searchParams.get("page") ?? 0);
    if (!pathname.endsWith("/functions")) return Response.json({ content: [], last: true });
    return Response.json({ content: [{ id: String(page), name: `page ${page}` }], last: page === 2 });
  });
  const names = (await projectDocuments("demo")).map((doc) => (doc as { name: string }).name);
  expect(names).toEqual(["demo", "page 0", "page 1", "page 2"]);
});

test("all versions are asked for the oldest first, of what has versions; else the server's newest", async () => {
  const asked: Record<string, string> = {};
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    asked[pathname.split("/").at(-1) ?? ""] = `${searchParams.get("versions")} ${searchParams.get("sort")}`;
    return Response.json({ content: [], last: true });
  });
  const plain = "null null";
  await projectDocuments("demo", "all");
  const all = "all created,asc";
  const versioned = { functions: all, workflows: all, dataitems: all, models: all, artifacts: all };
  expect(asked).toEqual({ demo: plain, tasks: plain, triggers: plain, ...versioned });
  await projectDocuments("demo");
  expect(new Set(Object.values(asked))).toEqual(new Set([plain]));
});

test.each([
  ["Export all as YAML", "only its latest version is in it. Files, secrets and runs are not."],
  ["Export every version as YAML", "Every version of each name is in it, the oldest first."],
])("after %s it is said what is in the file", async (entry, says) => {
  vi.stubGlobal("fetch", async ({ url }: Request) =>
    Response.json(url.endsWith("/projects/demo") ? { kind: "project", name: "demo" } : { content: [], last: true }),
  );
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: "/p/$project/",
    component: () => <Documents project="demo" />,
  });
  const history = createMemoryHistory({ initialEntries: ["/p/demo/"] });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <RouterProvider router={createRouter({ routeTree: root.addChildren([page]), history })} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "More actions" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: entry }));
  const told = await screen.findByText(/1 document was saved/);
  expect(told.textContent).toContain(says);
});
