import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { PickRun } from "./PickRun.tsx";

test("runs that cannot be listed say why", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ message: "The disk is full." }, { status: 507 })));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <PickRun project="demo" name="train" kind="python+job:run" onPick={() => {}} onClose={() => {}} />
    </QueryClientProvider>,
  );
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full.");
});
