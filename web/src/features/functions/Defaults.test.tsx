import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Defaults } from "./Defaults.tsx";
import type { FunctionDoc } from "./queries.ts";

const doc = { id: "1", name: "train", kind: "python" } as unknown as FunctionDoc;
const refusal = () => Response.json({ message: "The disk is full." }, { status: 507 });

function draw(answer: (url: string) => Response) {
  vi.stubGlobal("fetch", ({ url }: Request) => Promise.resolve(answer(url)));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <Defaults project="demo" doc={doc} action="job" />
    </QueryClientProvider>,
  );
}

test("defaults that cannot be read say why", async () => {
  draw(refusal);
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
});

test("a form that does not come says why", async () => {
  draw((url) => (url.includes("/tasks") ? Response.json([]) : refusal()));
  await userEvent.click(await screen.findByRole("button", { name: "Edit defaults" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
});
