import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { session } from "../../api/session.ts";
import { ImportDialog } from "./ImportDialog.tsx";

const yaml = "kind: made-up\nname: one\n---\nkind: made-up\nname: two\n";

/** The dialog with a text in it. */
async function open(text: string): Promise<HTMLInputElement> {
  const queries = new QueryClient();
  queries.setQueryData(session.config().queryKey, {
    kinds: [
      { entity: "function", kind: "made-up", title: "Made up", actions: [] },
      { entity: "dataitem", kind: "table", title: "Table", actions: [] },
      { entity: "trigger", kind: "scheduler", title: "Scheduler", actions: [] },
    ],
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
  await userEvent.upload(input, new File([text], "a.yaml"));
  return input;
}

test("what was made is not made again; the same file can be chosen once more", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") return Response.json({ content: [], totalElements: 0 });
    const text = await request.text();
    sent.push(/name: (\w+)/.exec(text)?.[1] ?? "");
    return sent.length === 2
      ? Response.json({ message: "It is taken." }, { status: 409 })
      : Response.json({ id: String(sent.length), name: "made", kind: "made-up" });
  });
  const input = await open(yaml);
  await userEvent.click(await screen.findByRole("button", { name: "Import 2 things" }));
  await screen.findByText("1 of 2 imported.");
  expect(input.files).toHaveLength(0);

  await userEvent.click(screen.getByRole("button", { name: "Import 1 thing" }));
  await screen.findByText("1 of 1 imported.");
  expect(sent).toEqual(["one", "two", "two"]);
  const done = screen.getByRole("button", { name: "Import", description: "All of it was made." });
  await userEvent.click(done);
  expect(sent).toHaveLength(3);
});

test("before anything is made it is said what is there already, that files are not in it and triggers stay off", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async ({ method, url }: Request) => {
    const { pathname, searchParams } = new URL(url);
    asked.push(method);
    const there = pathname.endsWith("/-/demo/functions") && searchParams.get("name") === "two";
    return Response.json({ content: [], totalElements: there || pathname.endsWith("/triggers") ? 3 : 0 });
  });
  await open(`${yaml}---\nkind: table\nname: rows\n---\nkind: scheduler\nname: nightly\n`);
  const region = within(await screen.findByRole("region", { name: "What will be made" }));
  await region.findByText("Function two, line 3: a new version of two, which is here already");
  await region.findByText("Trigger nightly, line 9: there is one of this name already, this is another beside it");
  region.getByText("Function one, line 1");
  region.getByText("Data item rows, line 6");
  region.getByText(/Files of data are not in the YAML/);
  region.getByText(/They come in switched off\. Switch each on/);
  expect(new Set(asked)).toEqual(new Set(["GET"]));
});

test("of functions alone nothing is said about files and triggers", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ content: [], totalElements: 0 }));
  await open(yaml);
  const region = await screen.findByRole("region", { name: "What will be made" });
  expect(region.textContent).toBe("What will be madeFunction one, line 1Function two, line 3");
});

test.each([false, true])("triggers are made switched off, but when that is ticked (%s)", async (ticked) => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async ({ method, url }: Request) => {
    if (method === "GET") return Response.json({ content: [], totalElements: 0 });
    const { pathname, searchParams } = new URL(url);
    sent.push(`${pathname.split("/").at(-1)} ${searchParams.get("stopped")}`);
    return Response.json({ id: "1", name: "made", kind: "made-up" });
  });
  await open("kind: made-up\nname: one\n---\nkind: scheduler\nname: nightly\n");
  const box = await screen.findByRole("checkbox", { name: "Switch triggers on" });
  if (ticked) await userEvent.click(box);
  await userEvent.click(screen.getByRole("button", { name: "Import 2 things" }));
  await screen.findByText("2 of 2 imported.");
  expect(sent).toEqual(["functions null", ticked ? "triggers null" : "triggers true"]);
});
