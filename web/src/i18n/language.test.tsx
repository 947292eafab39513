import { afterEach, expect, test } from "vitest";
import { messages, setLanguage } from "./language.ts";

afterEach(() => setLanguage("en", "local"));

test("a catalogue that comes late does not take the place of the language chosen meanwhile", async () => {
  const late = setLanguage("it", "local");
  await setLanguage("en", "local");
  await late;
  expect([messages().ui.cancel, document.documentElement.lang]).toEqual(["Cancel", "en"]);
});
