import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Profiler } from "react";
import { expect, test, vi } from "vitest";
import { parseSearch, writeSearch } from "../lib/search-params.ts";
import { RowLink } from "./RowLink.tsx";

const place = { to: "/p/$project/functions/$name", params: { project: "demo", name: "a b/ü" }, search: { v: "1" } };

async function setUp() {
  const drawn = vi.fn();
  const root = createRootRoute({ component: Outlet });
  const list = createRoute({
    getParentRoute: () => root,
    path: "/",
    component: () => (
      <Profiler id="link" onRender={drawn}>
        <RowLink place={place} title="A function">
          train
        </RowLink>
      </Profiler>
    ),
  });
  const page = createRoute({
    getParentRoute: () => root,
    path: "/p/$project/functions/$name",
    component: () => <h1>{page.useParams().name}</h1>,
  });
  const router = createRouter({
    routeTree: root.addChildren([list, page]),
    basepath: "/console",
    parseSearch,
    stringifySearch: writeSearch,
    history: createMemoryHistory({ initialEntries: ["/console/"] }),
  });
  render(<RouterProvider router={router as never} />);
  return { router, drawn, link: await screen.findByRole("link", { name: "train" }) };
}

test("a link of a row has an address of its own and leads there without loading the page anew", async () => {
  const { link } = await setUp();
  expect(link.getAttribute("href")).toBe("/console/p/demo/functions/a%20b%2F%C3%BC?v=1");
  expect(link.title).toBe("A function");
  await userEvent.click(link);
  expect((await screen.findByRole("heading")).textContent).toBe("a b/ü");
});

test("with a key that opens another tab the browser follows it", async () => {
  const { link, router } = await setUp();
  expect(fireEvent.click(link, { ctrlKey: true })).toBe(true);
  expect(fireEvent.click(link, { button: 1 })).toBe(true);
  expect(router.state.location.pathname).toBe("/");
});

test("what changes in the address of the page does not draw it again", async () => {
  const { drawn, router } = await setUp();
  drawn.mockClear();
  await act(() => router.navigate({ to: "/", search: { q: "typed" } as never }));
  expect(router.state.location.search).toEqual({ q: "typed" });
  expect(drawn).not.toHaveBeenCalled();
});
