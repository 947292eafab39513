import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ApiError } from "../../api/error.ts";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { EditEntity, type Stored } from "./EditEntity.tsx";
import { editing } from "./queries.ts";

afterEach(() => localStorage.clear());

const stored = (by: string, minute: string, handler: string): Stored => ({
  id: "1",
  tag: minute,
  version: "v3",
  document: {
    name: "train",
    kind: "made-up",
    metadata: { updated: `2026-03-01T10:${minute}:00Z`, updated_by: by },
    spec: { handler },
  },
});

test("two who saved the same version are told apart by who and when, places by the titles of their fields", async () => {
  const queries = new QueryClient();
  const schema = { type: "object", properties: { handler: { type: "string", title: "Entry point" } } };
  queries.setQueryData(editing.schemas("demo", "function").queryKey, {
    kinds: [{ kind: "made-up", title: "Made up", purpose: undefined, schema, uiSchema: undefined }],
    metadata: [],
  });
  const refused = new ApiError({ status: 412, code: "conflict", message: "It was changed." });
  const page = createRootRoute({
    component: () => (
      <EditEntity
        entity="function"
        project="demo"
        stored={stored("ada", "01", "main")}
        specMakes="version"
        update={() => Promise.reject(refused)}
        reread={() => Promise.resolve(stored("bob", "02", "theirs"))}
        onSaved={() => {}}
        cancel={null}
      />
    ),
  });
  render(
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <RouterProvider router={createRouter({ routeTree: page, history: createMemoryHistory() })} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  const field = await screen.findByRole("textbox", { name: /Entry point/ });
  await userEvent.clear(field);
  await userEvent.type(field, "mine");
  await userEvent.click(screen.getByRole("button", { name: "Save as new version" }));
  const conflict = within(await screen.findByRole("region", { name: "Somebody else saved meanwhile" }));
  conflict.getByRole("columnheader", { name: /^When you began \(v3 by ada, .*01:00/ });
  conflict.getByRole("columnheader", { name: /^Theirs \(v3 by bob, .*02:00/ });
  conflict.getByRole("rowheader", { name: /^Entry point/ });
  expect(conflict.getByRole("radio", { name: "Entry point: Keep yours" })).toHaveProperty("checked", true);
});
