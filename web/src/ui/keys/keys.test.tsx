import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useLayoutEffect } from "react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { defaultPrefs, PrefsContext } from "../prefs/prefs.ts";
import { match, stroke } from "./sequence.ts";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

const none = { metaKey: false, ctrlKey: false, altKey: false, shiftKey: false };

test.each([
  [{ ...none, key: "k", ctrlKey: true }, "mod+k"],
  [{ ...none, key: "K", metaKey: true }, "mod+k"],
  [{ ...none, key: "?", shiftKey: true }, "?"],
  [{ ...none, key: "X", shiftKey: true }, "shift+x"],
  [{ ...none, key: "Enter", ctrlKey: true }, "mod+enter"],
])("%o is %s", (event, name) => {
  expect(stroke(event)).toBe(name);
});

test("a sequence is known by its beginning", () => {
  expect(match(["g f", "t"], "g")).toBe("part");
  expect(match(["g f", "t"], "g f")).toBe("whole");
  expect(match(["g f", "t"], "g t")).toBe("none");
});

function Bound({ run, palette, go }: { run: () => void; palette: () => void; go: () => void }) {
  useShortcuts({ r: run, "mod+k": palette, "g f": go });
  return <input aria-label="Name" />;
}

test("single keys rest while text is typed, combinations do not", async () => {
  const [run, palette, go] = [vi.fn(), vi.fn(), vi.fn()];
  render(<Bound run={run} palette={palette} go={go} />);
  await userEvent.keyboard("rgf");
  expect([run.mock.calls.length, go.mock.calls.length]).toEqual([1, 1]);
  await userEvent.click(screen.getByLabelText("Name"));
  await userEvent.keyboard("rgf{Control>}k{/Control}");
  expect([run.mock.calls.length, go.mock.calls.length, palette.mock.calls.length]).toEqual([1, 1, 1]);
});

test("a key pressed before the first paint counts", () => {
  const palette = vi.fn();
  function Page() {
    useLayoutEffect(() => {
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true }));
    }, []);
    return <Bound run={() => {}} palette={palette} go={() => {}} />;
  }
  render(<Page />);
  expect(palette).toHaveBeenCalledTimes(1);
});

test("a key that is held acts once; one that steps goes on", () => {
  const [run, step] = [vi.fn(), vi.fn()];
  function Held() {
    useShortcuts({ r: run, n: step });
    return null;
  }
  render(<Held />);
  for (const key of ["r", "n"])
    for (const repeat of [false, true, true]) fireEvent.keyDown(document.body, { key, repeat });
  expect([run.mock.calls.length, step.mock.calls.length]).toEqual([1, 3]);
});

test("single keys can be switched off", async () => {
  const [run, palette] = [vi.fn(), vi.fn()];
  render(
    <PrefsContext value={{ prefs: { ...defaultPrefs, singleKeys: false }, change: () => {} }}>
      <Bound run={run} palette={palette} go={() => {}} />
    </PrefsContext>,
  );
  await userEvent.keyboard("r{Control>}k{/Control}");
  expect([run.mock.calls.length, palette.mock.calls.length]).toEqual([0, 1]);
});

test("the sheet lists groups", async () => {
  render(
    <ShortcutSheet
      open
      onOpenChange={() => {}}
      groups={[{ title: "Lists", entries: [{ keys: "j", does: "Next row" }] }]}
    />,
  );
  // The focus is on the dialog itself, so that Escape closes it and no tooltip of its close button.
  expect(document.activeElement).toBe(screen.getByRole("dialog", { name: "Keyboard shortcuts" }));
  expect(screen.getByRole("definition").textContent).toBe("j");
  expect(await violations()).toEqual([]);
});
