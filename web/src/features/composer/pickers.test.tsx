import { expect, test, vi } from "vitest";
import { runPickers } from "./queries.ts";

test("secrets are sought by the server, however many there are", async () => {
  const asked: (string | null)[] = [];
  vi.stubGlobal("fetch", ({ url }: Request) => {
    asked.push(new URL(url).searchParams.get("q"));
    return Promise.resolve(Response.json({ content: [{ name: "hf-token" }] }));
  });
  const { secrets } = runPickers("demo");
  expect(await secrets?.("tok", new AbortController().signal)).toEqual([{ value: "hf-token" }]);
  expect(asked).toEqual(["tok"]);
});
