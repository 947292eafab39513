import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { EditorView } from "@codemirror/view";
import { expect, test, vi } from "vitest";
import { violations } from "../testing/axe.ts";
import { setLanguage } from "../i18n/language.ts";
import { CodeEditor } from "./CodeEditor.tsx";
import { DiffView } from "./DiffView.tsx";
import { syntax } from "./languages.ts";

function editorOf(element: HTMLElement): EditorView {
  const view = EditorView.findFromDOM(element);
  if (view === null) throw new Error("no editor");
  return view;
}

test("the editor has a name, tells what is typed, and takes a value from outside without telling it", () => {
  const change = vi.fn();
  const { rerender } = render(<CodeEditor label="Code" language="python" value="a = 1" onChange={change} id="code" />);
  const content = screen.getByRole("textbox", { name: "Code" });
  expect(content.id).toBe("code");
  const view = editorOf(content);
  view.dispatch({ changes: { from: 5, insert: "2" } });
  expect(change).toHaveBeenCalledExactlyOnceWith("a = 12");
  rerender(<CodeEditor label="Code" language="python" value="b = 3" onChange={change} id="code" />);
  expect(view.state.doc.toString()).toBe("b = 3");
  expect(change).toHaveBeenCalledTimes(1);
});

// Keys come without the focus: happy-dom tells of a selection while it is being set, which no browser does.
test("Tab indents; after Esc it is the browser's, which leaves", () => {
  render(<CodeEditor label="Code" language="python" value="x" onChange={() => {}} />);
  const content = screen.getByRole("textbox", { name: "Code" });
  const tab = { key: "Tab", keyCode: 9 };
  expect(fireEvent.keyDown(content, tab)).toBe(false);
  expect(editorOf(content).state.doc.toString()).toBe("  x");
  fireEvent.keyDown(content, { key: "Escape", keyCode: 27 });
  expect(fireEvent.keyDown(content, tab)).toBe(true);
  expect(editorOf(content).state.doc.toString()).toBe("  x");
});

test("to read only, nothing can be typed and it says so", async () => {
  const change = vi.fn();
  const { container } = render(<CodeEditor label="Code" language="json" value="{}" readOnly onChange={change} />);
  const content = screen.getByRole("textbox", { name: "Code" });
  expect(content.getAttribute("aria-readonly")).toBe("true");
  fireEvent.keyDown(content, { key: "Tab", keyCode: 9 });
  fireEvent.keyDown(content, { key: "Enter", keyCode: 13 });
  expect(editorOf(content).state.doc.toString()).toBe("{}");
  expect(change).not.toHaveBeenCalled();
  expect(await violations(container)).toEqual([]);
});

test("remarks stand at their lines", async () => {
  const marks = [{ line: 2, message: "f is unknown", severity: "error" as const }];
  const { container } = render(<CodeEditor label="Code" language="yaml" value={"a: 1\nb: 2"} marks={marks} />);
  await waitFor(() => expect(container.querySelectorAll(".cm-lint-marker-error")).toHaveLength(1));
});

test("the languages people write have a syntax, others are plain text", async () => {
  const known = await Promise.all(["python", "yaml", "json", "sql"].map(syntax));
  expect(known.every((s) => !Array.isArray(s))).toBe(true);
  expect(await syntax("cobol")).toEqual([]);
});

test("differences name both sides", async () => {
  render(<DiffView before={"a\nb\n"} after={"a\nc\n"} names={["v6", "v7"]} language="python" layout="split" />);
  await screen.findByRole("textbox", { name: "v6" });
  expect(screen.getByRole("textbox", { name: "v7" }).getAttribute("aria-readonly")).toBe("true");
  screen.getByRole("group", { name: "Differences from v6 to v7" });
});

test("what the library says is said in the language chosen", async () => {
  await setLanguage("it", "local");
  try {
    render(<CodeEditor label="Codice" language="text" value="x" />);
    const { state } = editorOf(screen.getByRole("textbox", { name: "Codice" }));
    expect([state.phrase("Find"), state.phrase("$ unchanged lines", 5)]).toEqual(["Trova", "5 righe uguali"]);
  } finally {
    await setLanguage("en", "local");
  }
});
