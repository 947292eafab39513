// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { start } from "./en/start.ts";

const root = join(import.meta.dirname, "..");

/** What is drawn before the words of the pages are there, and what of ui/ only pages draw. */
const early = ["app", "ui", "live", "features/projects"];
const late = new Set(["ui/combobox/Combobox.tsx", "ui/table/ArrangeTable.tsx"]);

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [path] : [];
  });
}

test("the frame and the first page speak only words that are there from the start", () => {
  const others = Object.keys(en).filter((part) => !(part in start));
  expect(others.length).toBeGreaterThan(0);
  const spoken = new RegExp(`(?:\\bm|useMessages\\(\\)|messages\\(\\))\\.(${others.join("|")})\\b`, "g");
  const wrong = early
    .flatMap((folder) => files(join(root, folder)))
    .filter((path) => !late.has(relative(root, path)))
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(spoken)].map((m) => `${relative(root, path)}: ${m[1]}`));
  expect(wrong).toEqual([]);
});
