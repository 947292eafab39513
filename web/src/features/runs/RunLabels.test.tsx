import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { setLiveState } from "../../live/state.ts";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import type { RunDoc } from "./run.ts";
import { RunLabels } from "./RunLabels.tsx";

const run = { id: "1", project: "demo", metadata: { labels: ["etl"] } } as unknown as RunDoc;

/** A server that takes the first change and refuses the others. */
function draw() {
  let asked = 0;
  const fetch = vi.fn(() =>
    Promise.resolve(
      asked++ === 0
        ? Response.json({ done: 1, failed: 0, results: [] })
        : Response.json({ message: "The disk is full." }, { status: 507 }),
    ),
  );
  vi.stubGlobal("fetch", fetch);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <RunLabels project="demo" run={run} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  return fetch;
}

afterEach(() => setLiveState({ is: "none" }));

test("the focus goes to the field and back to the button; an undo that fails says so", async () => {
  draw();
  await userEvent.click(screen.getByRole("button", { name: "Edit labels" }));
  expect(document.activeElement).toBe(screen.getByLabelText("Labels"));
  await userEvent.keyboard("ml{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByRole("button", { name: "Undo" });
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Edit labels" }));
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("The disk is full.");
});

test("while the server is away nothing is saved, and what was typed stays", async () => {
  const fetch = draw();
  await userEvent.click(screen.getByRole("button", { name: "Edit labels" }));
  await userEvent.keyboard("ml{Enter}");
  act(() => setLiveState({ is: "offline", until: 0 }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(fetch).not.toHaveBeenCalled();
  screen.getByRole("button", { name: "Remove label ml" });
});
