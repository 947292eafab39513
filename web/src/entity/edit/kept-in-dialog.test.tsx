import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test } from "vitest";
import { draftKey, findDraft, saveDraft } from "../../forms/drafts.ts";
import { readSchema } from "../../forms/dialect.ts";
import { violations } from "../../testing/axe.ts";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { type TypedWords, useWordsDraft } from "./words-draft.ts";

const place = draftKey("new/thing", "demo", "");
const kept = () => findDraft(localStorage, place, Date.now())?.value["name"];

function Dialog({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState<TypedWords>({ name: "", description: "", labels: [] });
  const { keep, done } = useWordsDraft("new/thing", "demo", typed);
  return (
    <div role="dialog" aria-label="New">
      <input
        aria-label="Name"
        value={typed.name}
        onChange={({ target }) => {
          const next = { ...typed, name: target.value };
          keep(next);
          setTyped(next);
        }}
      />
      <button onClick={onClose}>Cancel</button>
      <button
        onClick={() => {
          done();
          onClose();
        }}
      >
        Save
      </button>
    </div>
  );
}

function Page() {
  const [open, setOpen] = useState(true);
  return (
    <ToastProvider>
      <main>
        <h1>Things</h1>
        {open && <Dialog onClose={() => setOpen(false)} />}
      </main>
    </ToastProvider>
  );
}

const name = () => screen.getByRole("textbox", { name: "Name" });
const press = (button: string) => userEvent.click(screen.getByRole("button", { name: button }));
beforeEach(() => localStorage.clear());

test("a dialog that is closed with what was typed says that it is kept, and it can be thrown away", async () => {
  render(<Page />);
  await userEvent.type(name(), "half");
  await press("Cancel");
  expect(screen.getByRole("status").textContent).toContain("Draft kept");
  expect(await violations()).toEqual([]);
  expect(kept()).toBe("half");
  await press("Discard");
  expect(kept()).toBeUndefined();
  expect(screen.getByRole("status").textContent).toBe("");
});

test("nothing is said where nothing was typed, or where it was saved", async () => {
  const { unmount } = render(<Page />);
  await userEvent.type(name(), "x{Backspace}");
  await press("Cancel");
  expect(screen.getByRole("status").textContent).toBe("");
  unmount();
  render(<Page />);
  await userEvent.type(name(), "whole");
  await press("Save");
  expect(screen.getByRole("status").textContent).toBe("");
});

test("what lay beneath the draft that is thrown away is there again", async () => {
  const anything = readSchema({ type: "object", additionalProperties: true });
  saveDraft(localStorage, place, { name: "older", description: "", labels: [] }, "", anything, Date.now());
  render(<Page />);
  await userEvent.type(name(), "newer");
  await press("Cancel");
  await press("Discard");
  expect(kept()).toBe("older");
});
