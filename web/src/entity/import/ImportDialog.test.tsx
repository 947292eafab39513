import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { session } from "../../api/session.ts";
import { ImportDialog } from "./ImportDialog.tsx";

const yaml = "kind: made-up\nname: one\n---\nkind: made-up\nname: two\n";

test("what was made is not made again; the same file can be chosen once more", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const text = await request.text();
    sent.push(/name: (\w+)/.exec(text)?.[1] ?? "");
    return sent.length === 2
      ? Response.json({ message: "It is taken." }, { status: 409 })
      : Response.json({ id: String(sent.length), name: "made", kind: "made-up" });
  });
  const queries = new QueryClient();
  queries.setQueryData(session.config().queryKey, {
    kinds: [{ entity: "function", kind: "made-up", title: "Made up", actions: [] }],
  } as never);
  const page = createRootRoute({ component: () => <ImportDialog project="demo" onClose={() => {}} /> });
  const router = createRouter({ routeTree: page, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await screen.findByRole("dialog");
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input === null) throw new Error("no input for files");
  await userEvent.upload(input, new File([yaml], "a.yaml"));
  await userEvent.click(await screen.findByRole("button", { name: "Import 2 things" }));
  await screen.findByText("1 of 2 imported.");
  expect(input.files).toHaveLength(0);

  await userEvent.click(screen.getByRole("button", { name: "Import 1 thing" }));
  await screen.findByText("1 of 1 imported.");
  expect(sent).toEqual(["one", "two", "two"]);
  const done = screen.getByRole("button", { name: "Import 0 things", description: "All of it was made." });
  await userEvent.click(done);
  expect(sent).toHaveLength(3);
});
