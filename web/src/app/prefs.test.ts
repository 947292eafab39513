import { expect, test } from "vitest";
import { defaultPrefs } from "../ui/prefs/prefs.ts";
import { readPrefs } from "./prefs.tsx";

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
  const columnWidths = { runs: { name: 200 }, functions: { name: "wide" } };
  expect(readPrefs(JSON.stringify({ columnWidths }), ["en"]).columnWidths).toEqual({ runs: { name: 200 } });
  const hiddenColumns = { runs: ["why"], functions: 5 };
  expect(readPrefs(JSON.stringify({ hiddenColumns }), ["en"]).hiddenColumns).toEqual({ runs: ["why"] });
});
