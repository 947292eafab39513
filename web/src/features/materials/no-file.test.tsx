import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { ToastContext, type ToastMessage } from "../../ui/toast/toast.ts";
import { FilesTab } from "./FilesTab.tsx";
import { MaterialHeader } from "./MaterialHeader.tsx";
import type { MaterialDoc } from "./material.ts";
import { PreviewTab } from "./PreviewTab.tsx";

const docAt = (path: string, files: readonly object[] = []) =>
  ({
    id: "d1",
    name: "cities",
    kind: "table",
    metadata: {},
    spec: { path },
    status: { state: "READY", files },
  }) as unknown as MaterialDoc;

const doc = docAt("s3://data/gone.csv", [{ path: "gone.csv", name: "gone.csv" }]);
const tabOf = (of: MaterialDoc) =>
  ({ project: "demo", material: "dataitems", doc: of, versions: [of], search: {}, onSearch: () => {} }) as const;
const header = (
  <MaterialHeader project="demo" material="dataitems" doc={doc} versions={1} isLatest onUpload={() => {}} />
);

/** Draws a part of the page where the server lists a folder and answers anything else so. */
async function draw(part: ReactNode, status: number) {
  vi.stubGlobal("fetch", ({ url }: Request) =>
    Promise.resolve(
      url.includes("/files/info")
        ? Response.json([{ path: "2024/may.csv", name: "may.csv" }])
        : Response.json({ message: "No." }, { status }),
    ),
  );
  const said: ToastMessage[] = [];
  const root = createRootRoute({
    component: () => (
      <main>
        <h1>cities</h1>
        {part}
      </main>
    ),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ToastContext value={(message) => said.push(message)}>
        <RouterProvider router={createRouter({ routeTree: root, history: createMemoryHistory() })} />
      </ToastContext>
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "cities" });
  return said;
}

const help = /Upload the file here as a new version, or edit the path/;
const editPath = "/p/demo/dataitems/cities/edit?v=d1#/spec/path";

test("a version whose file is not there names the path and what to do", async () => {
  await draw(<PreviewTab {...tabOf(doc)} />, 404);
  await screen.findByRole("heading", { name: "There is no file at s3://data/gone.csv" });
  expect(screen.getByText(help)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Edit the path" }).getAttribute("href")).toBe(editPath);
  expect(await violations()).toEqual([]);
});

test("another failure is shown as one", async () => {
  await draw(<PreviewTab {...tabOf(doc)} />, 409);
  expect((await screen.findByRole("alert")).textContent).toContain("No.");
  expect(screen.queryByText(/There is no file at/)).toBeNull();
});

test("the download of a file that is not there says the same, and gives the focus back", async () => {
  const said = await draw(header, 404);
  const button = screen.getByRole("button", { name: "Download" });
  await userEvent.click(button);
  const dialog = await screen.findByRole("dialog", { name: "There is no file at s3://data/gone.csv" });
  expect(dialog.textContent).toMatch(help);
  expect(screen.getByRole("link", { name: "Edit the path" }).getAttribute("href")).toBe(editPath);
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(button);
  expect(said).toEqual([]);
});

test("one of several files is named by its path below that of the version", async () => {
  const folder = docAt("s3://data/months/");
  const search = { dir: "2024" };
  await draw(<FilesTab {...tabOf(folder)} search={search} />, 404);
  await userEvent.click(await screen.findByRole("button", { name: "Download may.csv" }));
  const title = await screen.findByRole("heading", { name: /There is no file at/ });
  expect(title.textContent).toBe("There is no file at s3://data/months/2024/may.csv");
});

test("a download that fails otherwise says what the server says", async () => {
  const said = await draw(header, 409);
  await userEvent.click(screen.getByRole("button", { name: "Download" }));
  await waitFor(() => expect(said).toEqual([{ tone: "error", text: "No." }]));
  expect(screen.queryByRole("dialog")).toBeNull();
});
