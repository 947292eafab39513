import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { defaultPrefs, usePrefs } from "../ui/prefs/prefs.ts";
import { PrefsProvider, readPrefs } from "./prefs.tsx";

test("choices are read back; what is not understood is left out", () => {
  expect(readPrefs(null, ["de", "it-IT"])).toEqual({ ...defaultPrefs, locale: "it" });
  expect(readPrefs('{"theme":"dark","locale":"xx","zone":"utc","singleKeys":false,"token":"x"}', ["en"])).toEqual({
    ...defaultPrefs,
    theme: "dark",
    zone: "utc",
    singleKeys: false,
  });
  expect(readPrefs("{broken", ["en"])).toEqual(defaultPrefs);
  expect(readPrefs('{"logTimes":"relative"}', ["en"]).logTimes).toBe("relative");
  expect(readPrefs('{"logTimes":"sundial"}', ["en"]).logTimes).toBe("off");
  expect(readPrefs('{"density":"touch"}', ["en"]).density).toBe("touch");
  expect(readPrefs('{"density":"huge"}', ["en"]).density).toBe("normal");
  const columnWidths = {
    runs: { name: 200, negative: -5, none: 0, thin: 55, vast: 1e9, infinite: null },
    functions: { name: "wide" },
    broken: null,
    triggers: { least: 56, most: 960 },
  };
  const kept = readPrefs(JSON.stringify({ columnWidths, columnOrder: { runs: ["b"] }, hiddenColumns: {} }), ["en"]);
  expect(kept.columnWidths).toEqual({
    runs: { name: 200 },
    functions: {},
    broken: {},
    triggers: { least: 56, most: 960 },
  });
  expect(kept.columnOrder).toEqual({ runs: ["b"] });
  const infinite = '{"columnWidths":{"runs":{"name":1e999}}}';
  expect(readPrefs(infinite, ["en"]).columnWidths).toEqual({ runs: {} });
  const hiddenColumns = { runs: ["why"], functions: 5 };
  expect(readPrefs(JSON.stringify({ hiddenColumns }), ["en"]).hiddenColumns).toEqual({ runs: ["why"] });
});

function Chosen() {
  const { prefs, change } = usePrefs();
  return <button onClick={() => change({ density: "touch" })}>{JSON.stringify(prefs.columnOrder)}</button>;
}

test("what another tab chose holds here, is not written again, and survives the next choice", () => {
  render(
    <PrefsProvider initial={defaultPrefs}>
      <Chosen />
    </PrefsProvider>,
  );
  const theirs = JSON.stringify({ ...defaultPrefs, columnOrder: { runs: ["b", "a"] }, later: true });
  localStorage.setItem("dhub.prefs", theirs);
  act(() => void dispatchEvent(new StorageEvent("storage", { key: "dhub.prefs", newValue: theirs })));
  const button = screen.getByRole("button");
  expect(button.textContent).toBe('{"runs":["b","a"]}');
  expect(localStorage.getItem("dhub.prefs")).toBe(theirs);
  act(() => button.click());
  const kept = JSON.parse(localStorage.getItem("dhub.prefs") ?? "") as unknown;
  expect(kept).toMatchObject({ density: "touch", columnOrder: { runs: ["b", "a"] } });
});
