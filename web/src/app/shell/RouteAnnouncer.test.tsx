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
import { useState } from "react";
import { expect, test } from "vitest";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { RouteAnnouncer } from "./RouteAnnouncer.tsx";

function Frame() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <RouteAnnouncer />
      <Outlet />
      <button type="button" onClick={() => setOpen(true)}>
        Search
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Palette">
        <input aria-label="Words" />
      </Dialog>
    </>
  );
}

function setUp() {
  const root = createRootRoute({ component: Frame });
  const page = (path: string) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: () => (
        <h1 tabIndex={-1} data-page-title>
          Page {path}
        </h1>
      ),
    });
  const router = createRouter({
    routeTree: root.addChildren([page("/one"), page("/two")]),
    history: createMemoryHistory({ initialEntries: ["/one"] }),
  });
  render(<RouterProvider router={router as never} />);
  const go = async () => {
    await act(async () => {
      router.history.push("/two");
      await new Promise((done) => setTimeout(done, 50));
    });
    await screen.findByText("Page /two", { selector: "h1" });
    await act(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };
  return { go };
}

test("after a navigation the heading has the focus, and the page is named", async () => {
  const { go } = setUp();
  await screen.findByText("Page /one", { selector: "h1" });
  await go();
  expect(document.activeElement?.textContent).toBe("Page /two");
  expect(screen.getAllByText("Page /two")).toHaveLength(2);
});

test("what is typed into a dialog while a page comes stays", async () => {
  const { go } = setUp();
  await userEvent.click(await screen.findByRole("button", { name: "Search" }));
  const input = screen.getByLabelText("Words");
  await userEvent.keyboard("c");
  await go();
  await userEvent.keyboard("it");
  expect(input).toHaveProperty("value", "cit");
});
