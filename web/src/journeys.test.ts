// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../e2e");
const files = readdirSync(folder).filter((name) => name.endsWith(".e2e.ts"));
const read = (name: string) => readFileSync(join(folder, name), "utf8");
/** The rows of the table: a scenario and the files that show it. */
const table = [...read("README.md").matchAll(/^\| +(\d+) +\|.*\| (.+?) +\|$/gm)].map(([, number = "", cell = ""]) => ({
  number: Number(number),
  files: [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => `${name}.e2e.ts`),
}));
/** The scenarios that a file's tests are named after. */
const shown = (file: string) =>
  new Set([...read(file).matchAll(/test\(\s*["'`](\d+) /g)].map(([, number]) => Number(number)));

/** Every scenario that the console is held to by what the server has. */
const scenarios = [1, 3, ...Array.from({ length: 25 }, (_, at) => at + 5), 32, 33, 34, 36, 37, 38, 39, 40];

test("every scenario has its journeys, and the table says where", () => {
  expect(table.map((row) => row.number)).toEqual(scenarios);
  const missing = table.flatMap(({ number, files: named }) =>
    named.filter((file) => !files.includes(file) || !shown(file).has(number)).map((file) => `${number} ${file}`),
  );
  expect(missing).toEqual([]);
  expect(table.filter((row) => row.files.length === 0)).toEqual([]);
});

test("every journey that is named after a scenario is in the table", () => {
  const named = new Set(table.flatMap((row) => row.files.map((file) => `${row.number} ${file}`)));
  const found = files.flatMap((file) => [...shown(file)].map((number) => `${number} ${file}`));
  expect(found.filter((each) => !named.has(each))).toEqual([]);
});

test("no journey is skipped, tried again, or waits on time", () => {
  const forbidden = /\.(skip|only|fixme|slow)\(|\bretries\b|waitForTimeout|[^.]setTimeout\(/;
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const found = sources.flatMap((file) =>
    read(file)
      .split("\n")
      .filter((line) => forbidden.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
