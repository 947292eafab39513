import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { session } from "../../api/session.ts";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { triggers } from "./queries.ts";
import { TriggerForm } from "./TriggerForm.tsx";

afterEach(() => localStorage.clear());

async function open() {
  vi.stubGlobal("fetch", async () => Response.json({ content: [], items: [], total: 0, examined: 0 }));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  queries.setQueryData(session.config().queryKey, { kinds: [] } as never);
  queries.setQueryData(triggers.schemas("demo").queryKey, { content: [] } as never);
  const page = createRootRoute({ component: () => <TriggerForm project="demo" /> });
  const router = createRouter({ routeTree: page, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  await screen.findByRole("radiogroup");
}

/** All that the browser keeps. */
const kept = () =>
  Array.from({ length: localStorage.length }, (_, at) => localStorage.getItem(localStorage.key(at) ?? ""));

test("which kind of a new trigger is looked at is no draft, what is typed is one", async () => {
  await open();
  await userEvent.click(screen.getByRole("radio", { name: /Change of state/ }));
  expect(screen.getByRole("radio", { name: /Change of state/ })).toHaveProperty("checked", true);
  expect(localStorage).toHaveLength(0);
  await userEvent.type(screen.getByRole("textbox", { name: "Description" }), "n");
  expect(kept().join()).toContain("lifecycle");
  await userEvent.type(screen.getByRole("textbox", { name: "Description" }), "{Backspace}");
  expect(localStorage).toHaveLength(0);
});
