import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test } from "vitest";
import { readSchema } from "../../forms/dialect.ts";
import { useDraft } from "../../forms/use-draft.ts";
import { violations } from "../../testing/axe.ts";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { DraftOffer } from "./DraftOffer.tsx";
import { useKeptNotice } from "./use-kept-notice.ts";

const anything = readSchema({ type: "object", additionalProperties: true });

/** A form of one field, as those of the pages keep what is typed. */
function Form() {
  const [words, setWords] = useState("");
  const [saved, setSaved] = useState("");
  const draft = useDraft("dhub.draft:test", "", anything, { words: saved });
  useKeptNotice(draft);
  const change = (next: string) => {
    draft.keep({ words: next });
    setWords(next);
  };
  return (
    <main>
      <h1>Form</h1>
      <DraftOffer draft={draft} onRestore={({ words: kept }) => change(typeof kept === "string" ? kept : "")} />
      <input aria-label="Words" value={words} onChange={(event) => change(event.target.value)} />
      <button
        onClick={() => {
          draft.done();
          setSaved(words);
        }}
      >
        Save
      </button>
      <button onClick={() => setSaved(words)}>Take the same over</button>
    </main>
  );
}

async function open() {
  const root = createRootRoute();
  const history = createMemoryHistory({ initialEntries: ["/list", "/form?kind=a"], initialIndex: 1 });
  const routes = [
    createRoute({ getParentRoute: () => root, path: "/list", component: () => <h1>List</h1> }),
    createRoute({ getParentRoute: () => root, path: "/form", component: Form }),
  ];
  const router = createRouter({ routeTree: root.addChildren(routes), history });
  render(
    <ToastProvider>
      <RouterProvider router={router} />
    </ToastProvider>,
  );
  await screen.findByRole("heading", { name: "Form" });
  return history;
}

const back = (history: Awaited<ReturnType<typeof open>>) => act(() => history.back());
const field = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Words" });
afterEach(() => localStorage.clear());

test("who leaves a form with what is typed is told that it is kept, and the way back restores it", async () => {
  const history = await open();
  await userEvent.type(await field(), "half a thought");
  back(history);
  await screen.findByRole("heading", { name: "List" });
  await userEvent.click(screen.getByRole("button", { name: "Back to it" }));
  expect((await field()).value).toBe("half a thought");
  await screen.findByText(/is in the form again/);
  expect(history.location.href).toBe("/form?kind=a");
  expect(await violations()).toEqual([]);
});

test("nothing is said of a form that is as it was, or that was saved", async () => {
  const history = await open();
  await userEvent.type(await field(), "x{Backspace}");
  back(history);
  await screen.findByRole("heading", { name: "List" });
  expect(screen.queryByText(/kept as a draft/)).toBeNull();
  act(() => history.forward());
  await userEvent.type(await field(), "words");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  back(history);
  await screen.findByRole("heading", { name: "List" });
  expect(screen.queryByText(/kept as a draft/)).toBeNull();
});

test("a draft that is found is offered, and what became of it is said with the focus", async () => {
  const history = await open();
  await userEvent.type(await field(), "words");
  back(history);
  await screen.findByRole("heading", { name: "List" });
  act(() => history.forward());
  expect((await field()).value).toBe("");
  await userEvent.click(screen.getByRole("button", { name: "Restore draft" }));
  expect((await field()).value).toBe("words");
  expect(document.activeElement?.textContent).toContain("in the form again");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.queryByText(/in the form again/)).toBeNull();
});

test("a draft that is thrown away is gone", async () => {
  const history = await open();
  await userEvent.type(await field(), "words");
  back(history);
  await screen.findByRole("heading", { name: "List" });
  act(() => history.forward());
  await userEvent.click(await screen.findByRole("button", { name: "Discard draft" }));
  expect(document.activeElement?.textContent).toContain("discarded");
  expect(localStorage).toHaveLength(0);
});

test("what equals the saved words is no draft, whichever of the two came to be so", async () => {
  await open();
  await userEvent.type(await field(), "x{Backspace}");
  expect(localStorage).toHaveLength(0);
  await userEvent.type(await field(), "words");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await userEvent.type(await field(), "!");
  expect(localStorage).toHaveLength(1);
  await userEvent.type(await field(), "{Backspace}");
  expect(localStorage).toHaveLength(0);
  await userEvent.type(await field(), "!");
  await userEvent.click(screen.getByRole("button", { name: "Take the same over" }));
  expect(localStorage).toHaveLength(0);
});

async function anew(history: Awaited<ReturnType<typeof open>>) {
  back(history);
  await screen.findByRole("heading", { name: "List" });
  act(() => history.forward());
}

test("what is typed and taken back leaves a draft that was not answered on offer", async () => {
  const history = await open();
  await userEvent.type(await field(), "first");
  await anew(history);
  await userEvent.type(await field(), "x{Backspace}");
  await anew(history);
  await userEvent.click(await screen.findByRole("button", { name: "Restore draft" }));
  expect((await field()).value).toBe("first");
});

test("a draft that is neither restored nor discarded is not lost by what is typed beside it", async () => {
  const history = await open();
  await userEvent.type(await field(), "older");
  await anew(history);
  await userEvent.type(await field(), "newer");
  await anew(history);
  await userEvent.click(await screen.findByRole("button", { name: "Discard draft" }));
  await userEvent.click(screen.getByRole("button", { name: "Restore draft" }));
  expect((await field()).value).toBe("older");
});

test("what is typed stays when the draft on offer is thrown away", async () => {
  const history = await open();
  await userEvent.type(await field(), "older");
  await anew(history);
  await userEvent.type(await field(), "newer");
  await userEvent.click(screen.getByRole("button", { name: "Discard draft" }));
  await anew(history);
  await userEvent.click(await screen.findByRole("button", { name: "Restore draft" }));
  expect((await field()).value).toBe("newer");
});
