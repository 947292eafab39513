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
import { afterEach, expect, test } from "vitest";
import { ApiError } from "../../api/error.ts";
import { setLiveState } from "../../live/state.ts";
import { violations } from "../../testing/axe.ts";
import { PageError } from "./PageError.tsx";
import { PagePending } from "./PagePending.tsx";

afterEach(() => act(() => setLiveState({ is: "none" })));

/** Opens a page whose loader does what is given. */
function open(loader: () => Promise<void>) {
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: "/page",
    loader,
    component: () => <h1>The page</h1>,
  });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: ["/page"] }),
    defaultErrorComponent: PageError,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 0,
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <main>
        <RouterProvider router={router} />
      </main>
    </QueryClientProvider>,
  );
}

test("a page that the server did not answer loads by itself when the server is back", async () => {
  let back = false;
  act(() => setLiveState({ is: "live" }));
  open(() => (back ? Promise.resolve() : Promise.reject(new ApiError({ status: 0, code: "offline", message: "" }))));
  await screen.findByRole("button", { name: "Retry" });
  expect(screen.getByRole("alert").textContent).toContain("loads by itself");
  act(() => setLiveState({ is: "offline", until: 0 }));
  expect(await violations()).toEqual([]);
  back = true;
  act(() => setLiveState({ is: "live" }));
  expect(await screen.findByRole("heading", { name: "The page" })).toBeTruthy();
});

test("a page that waits for its first answer says that the server is away, and then comes", async () => {
  let answer = () => {};
  open(() => new Promise((resolve) => (answer = resolve)));
  await screen.findByRole("heading", { name: "Loading" });
  act(() => setLiveState({ is: "offline", until: 0 }));
  expect((await screen.findByRole("alert")).textContent).toContain("The server cannot be reached");
  expect(screen.getByRole("button", { name: "Retry" })).toBeTruthy();
  act(() => setLiveState({ is: "live" }));
  await screen.findByRole("heading", { name: "Loading" });
  act(() => answer());
  expect(await screen.findByRole("heading", { name: "The page" })).toBeTruthy();
});
