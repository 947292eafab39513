import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { FunctionHeader } from "./FunctionHeader.tsx";
import type { FunctionDoc } from "./queries.ts";

const doc = { id: "1", name: "train", kind: "python", key: "store://demo/function/python/train:1" };

async function setUp() {
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: "/",
    component: () => (
      <FunctionHeader project="demo" doc={doc as unknown as FunctionDoc} isLatest={true} action="job" versions={1} />
    ),
  });
  const run = createRoute({
    getParentRoute: () => root,
    path: "/p/$project/functions/$name/run",
    component: () => <h1>Run {run.useParams().name}</h1>,
  });
  const router = createRouter({
    routeTree: root.addChildren([page, run]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <RouterProvider router={router as never} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  await act(() => router.load());
  return router;
}

test("r runs the function, at the place of its button", async () => {
  const router = await setUp();
  const button = screen.getByRole("link", { name: "Run" });
  await userEvent.keyboard("r");
  await screen.findByRole("heading", { name: "Run train" });
  expect(router.state.location.href).toBe("/p/demo/functions/train/run#/parameters");
  expect(button.getAttribute("href")).toBe(router.state.location.href);
});
