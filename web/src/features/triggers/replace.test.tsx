import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { draftOf, emptyDraft } from "./draft.ts";
import { triggerChanges } from "./mutations.ts";
import type { TriggerDoc } from "./trigger.ts";

const base = {
  id: "old",
  name: "nightly",
  kind: "scheduler",
  metadata: {},
  spec: { schedule: "@daily", function: "python://demo/hello:1", task: "python+job://demo/t" },
  status: { state: "RUNNING" },
} as unknown as TriggerDoc;
const empty = emptyDraft("demo", "UTC");
const { name, kind, description, labels } = draftOf(base, empty);
const next = {
  name,
  kind,
  description,
  labels,
  when: {},
  fn: "python://demo/hello:1",
  task: "python+job",
  template: {},
};

/** Replaces a trigger where the server answers so when the old one is to be deleted; tells what was deleted. */
async function replace(status: number) {
  const deleted: string[] = [];
  vi.stubGlobal("fetch", async ({ method, url }: Request) => {
    const { pathname } = new URL(url);
    if (method === "DELETE") {
      const id = pathname.split("/").at(-1) ?? "";
      deleted.push(id);
      return id === "old" ? Response.json({ message: "No." }, { status }) : new Response(null, { status: 204 });
    }
    if (method === "POST") return Response.json({ ...base, id: "new" });
    return Response.json(pathname.endsWith("/tasks") ? { content: [{ id: "t" }] } : base, { headers: { etag: "1" } });
  });
  const queries = new QueryClient();
  const mutation = queries.getMutationCache().build(queries, triggerChanges.replace("demo", base, empty));
  const outcome = await mutation.execute(next).then(
    () => "made",
    (error: Error) => error.message,
  );
  return { outcome, deleted };
}

test("where the old trigger stays, the new one goes: two would fire", async () => {
  expect(await replace(409)).toEqual({ outcome: "No.", deleted: ["old", "new"] });
});

test("an old trigger that is gone already is replaced", async () => {
  expect(await replace(404)).toEqual({ outcome: "made", deleted: ["old"] });
});
