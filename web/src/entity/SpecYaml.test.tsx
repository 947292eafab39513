import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { SpecYaml } from "./SpecYaml.tsx";

vi.mock("./export.ts", () => ({ toYaml: () => Promise.reject(new Error("the writer did not come")) }));

test("a specification that cannot be written says so", async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const doc = { id: "1", name: "hello", project: "demo", spec: {}, metadata: {} };
  render(
    <QueryClientProvider client={queries}>
      <SpecYaml entity="run" doc={doc} label="Spec" />
    </QueryClientProvider>,
  );
  expect((await screen.findByRole("alert")).textContent).toContain("the writer did not come");
  screen.getByRole("button", { name: "Retry" });
});
