import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { violations } from "../../testing/axe.ts";
import { Lacks } from "./Lacks.tsx";

const target = { kind: "made-up", name: "train", version: "v1", action: "job" };
const code = { base64: btoa("def main(project, table, epochs): pass"), lang: "python" };
const asked: string[] = [];

/** Draws what the runs of a trigger lack, where runs of that kind take the members given. */
function draw(source: object, template: JsonObject, members: readonly string[]) {
  asked.length = 0;
  vi.stubGlobal("fetch", ({ url }: Request) => {
    asked.push(decodeURIComponent(new URL(url).pathname));
    const properties = Object.fromEntries(members.map((name) => [name, { type: "object" }]));
    return Promise.resolve(Response.json({ id: "r", kind: "made-up+job:run", schema: { properties } }));
  });
  const root = createRootRoute({
    component: () => (
      <main>
        <h1>Trigger</h1>
        <Lacks project="demo" id="t1" target={target} of={{ source: { ...code, ...source } }} template={template} />
      </main>
    ),
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={createRouter({ routeTree: root, history: createMemoryHistory() })} />
    </QueryClientProvider>,
  );
  return screen.findByRole("heading", { name: "Trigger" });
}

test("an existing trigger says which arguments its runs will lack, and leads to its form", async () => {
  await draw({ handler: "main" }, { inputs: { table: "{{input.key}}" } }, ["inputs", "parameters"]);
  await screen.findByText("main needs epochs, which nothing gives yet");
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByRole("link").getAttribute("href")).toBe("/p/demo/triggers/t1/edit");
  expect(await violations()).toEqual([]);
});

test("one whose function names no handler leads to the function", async () => {
  await draw({}, {}, ["parameters"]);
  await screen.findByText(/names no handler/);
  expect(screen.getByRole("link").getAttribute("href")).toBe("/p/demo/functions/train/edit?v=v1#/spec/source/handler");
});

test("one whose runs take no parameters is not asked for them", async () => {
  await draw({ handler: "main" }, {}, ["inputs"]);
  await expect.poll(() => asked.length).toBe(1);
  expect(screen.queryByText(/which nothing gives yet/)).toBeNull();
});

test("one whose runs lack nothing asks the server for nothing", async () => {
  await draw({ handler: "main" }, { parameters: { table: "a", epochs: 1 } }, ["parameters"]);
  expect(asked).toEqual([]);
});
