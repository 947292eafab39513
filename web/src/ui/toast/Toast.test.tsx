import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { useToast } from "./toast.ts";
import { ToastProvider } from "./ToastProvider.tsx";

function Actions({ undo }: { undo: () => void }) {
  const toast = useToast();
  return (
    <>
      <button onClick={() => toast({ tone: "success", text: "Labels saved", undo })}>Save</button>
      <button onClick={() => toast({ tone: "error", text: "It failed" })}>Fail</button>
    </>
  );
}

test("successes are polite and can be undone, failures are announced at once", async () => {
  const undo = vi.fn();
  render(
    <ToastProvider>
      <Actions undo={undo} />
    </ToastProvider>,
  );
  await userEvent.click(screen.getByText("Save"));
  await userEvent.click(screen.getByText("Fail"));
  expect(screen.getByRole("status").textContent).toContain("Labels saved");
  expect(screen.getByRole("alert").textContent).toContain("It failed");
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledTimes(1);
  expect(screen.getByRole("status").textContent).toBe("");
});

test("a message goes by itself, but not from under the pointer or the focus", () => {
  vi.useFakeTimers();
  render(
    <ToastProvider>
      <Actions undo={() => {}} />
    </ToastProvider>,
  );
  const later = () =>
    act(() => {
      vi.advanceTimersByTime(60_000);
    });
  fireEvent.click(screen.getByText("Save"));
  const text = screen.getByText("Labels saved");
  fireEvent.pointerEnter(text.parentElement ?? text);
  later();
  const undo = screen.getByRole("button", { name: "Undo" });
  act(() => undo.focus());
  fireEvent.pointerLeave(text.parentElement ?? text);
  later();
  expect(screen.getByRole("status").textContent).toContain("Labels saved");
  act(() => undo.blur());
  later();
  expect(screen.getByRole("status").textContent).toBe("");
  vi.useRealTimers();
});
