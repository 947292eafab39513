import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { ToastProvider } from "../ui/toast/ToastProvider.tsx";
import { LabelDialog, lacking } from "./LabelDialog.tsx";

const targets = [{ metadata: { labels: ["etl"] } }, { metadata: {} }];

function Example({ undo }: { undo: (labels: readonly string[]) => Promise<unknown> }) {
  const [open, setOpen] = useState(true);
  return (
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        {open && (
          <LabelDialog
            title="Label 2"
            label="Labels"
            targets={targets}
            add={() => Promise.resolve(2)}
            undo={undo}
            done={(count) => `${count} labelled`}
            onClose={() => setOpen(false)}
          />
        )}
      </ToastProvider>
    </QueryClientProvider>
  );
}

test("labels are added and taken back; a failure of that is said though the dialog is gone", async () => {
  const undo = vi.fn(() => Promise.reject(new Error("The disk is full.")));
  render(<Example undo={undo} />);
  await userEvent.type(screen.getByLabelText("Labels"), "etl{Enter}ml{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Add labels" }));
  await screen.findByText("2 labelled");
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("The disk is full.");
  expect(undo).toHaveBeenCalledWith(["etl", "ml"]);
});

test("what had a label keeps it", () => {
  expect(targets.map((target) => lacking(["etl", "ml"], target))).toEqual([["ml"], ["etl", "ml"]]);
});
