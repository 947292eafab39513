import { expect, test, vi } from "vitest";
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
