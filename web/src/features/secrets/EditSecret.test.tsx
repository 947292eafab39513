import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { EditSecret } from "./EditSecret.tsx";
import type { SecretDoc } from "./queries.ts";

const doc = {
  id: "1",
  name: "token",
  kind: "secret",
  metadata: { description: "Old words", labels: [], updated: "2026-03-01T10:00:00Z", updated_by: "ada" },
  spec: {},
  status: {},
} as unknown as SecretDoc;

const draw = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <EditSecret project="demo" doc={doc} onClose={() => {}} />
      </ToastProvider>
    </QueryClientProvider>,
  );

const held = (shelf: Storage) => Array.from({ length: shelf.length }, (_, i) => shelf.getItem(shelf.key(i) ?? ""));

afterEach(() => localStorage.clear());

test("what is said of a secret is offered back after the dialog was closed, its value is kept nowhere", async () => {
  const { unmount } = draw();
  await userEvent.type(screen.getByLabelText("New value"), "s3cr3t");
  const description = screen.getByRole("textbox", { name: "Description" });
  await userEvent.clear(description);
  await userEvent.type(description, "New words");
  await userEvent.type(screen.getByLabelText("New value"), "-more");
  unmount();
  const all = [localStorage, sessionStorage].flatMap(held).join("\n");
  expect(all).toContain("New words");
  expect(all).not.toContain("s3cr3t");
  draw();
  await userEvent.click(screen.getByRole("button", { name: "Restore draft" }));
  expect(screen.getByRole("textbox", { name: "Description" })).toHaveProperty("value", "New words");
  expect(screen.getByLabelText("New value")).toHaveProperty("value", "");
});
