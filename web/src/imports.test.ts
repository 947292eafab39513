// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;

/** Which folders of src a folder may import, besides itself; the one table (README). */
const table: Record<string, readonly string[]> = {
  lib: [],
  i18n: ["lib"],
  ui: ["i18n", "lib"],
  api: ["lib"],
  live: ["api", "ui", "i18n", "lib"],
  code: ["ui", "i18n", "lib"],
  logs: ["ui", "i18n", "lib", "live"],
  charts: ["ui", "i18n", "lib"],
  graph: ["ui", "i18n", "lib"],
  forms: ["ui", "i18n", "lib", "api", "code"],
  entity: ["forms", "live", "api", "ui", "i18n", "lib", "code"],
  features: ["entity", "forms", "live", "api", "ui", "i18n", "lib", "code", "logs", "charts", "graph"],
  app: ["features", "entity", "forms", "live", "api", "ui", "i18n", "lib", "code", "logs", "charts", "graph"],
  stories: ["ui", "i18n", "lib"],
  testing: ["ui", "api", "i18n", "lib"],
};

/** Reached only by import(), so that a page without them does not load them. */
const islands = new Set(["code", "logs", "charts", "graph"]);

/** The library that a folder owns; nobody else imports it. */
const owners: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^@codemirror\/|^@lezer\//, ["code"]],
  [/^uplot/, ["charts"]],
  [/^@xyflow\/|^@dagrejs\//, ["graph"]],
  [/^radix-ui/, ["ui", "stories"]],
  [/^@tanstack\/react-virtual/, ["ui", "logs"]],
  [/^@tanstack\/react-router/, ["app", "features", "entity"]],
  [/^@tanstack\/react-query/, ["app", "features", "entity", "live", "api", "forms"]],
  [/^openapi-fetch/, ["api"]],
];

/** Which features may look into queries.ts and shared/ of which other. */
const pairs: ReadonlySet<string> = new Set([
  "overview runs",
  "functions runs",
  "functions triggers",
  "settings projects",
  "materials functions",
  "triggers functions",
  "triggers composer",
  "composer runs",
  "composer functions",
  "composer secrets",
]);

interface Import {
  file: string;
  from: string;
  lazy: boolean;
  typeOnly: boolean;
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) && !/\.gen\.|\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, "utf8");
  const file = relative(root, path);
  const found: Import[] = [];
  for (const match of text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm)) {
    found.push({ file, from: match[2] ?? match[3] ?? "", lazy: false, typeOnly: match[1] !== undefined });
  }
  for (const match of text.matchAll(/import\(\s*"([^"]+)"\s*\)/g))
    found.push({ file, from: match[1] ?? "", lazy: true, typeOnly: false });
  return found;
}

const all = files(root).flatMap(importsOf);
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith("testing/");
/** Seen on the page of the components alone, which takes them by import.meta.glob. */
const isStory = (file: string) => file.endsWith(".story.tsx") || file.startsWith("stories/");
const target = ({ file, from }: Import) => relative(root, resolve(join(root, dirname(file)), from));
const folder = (path: string) => path.split("/")[0] ?? "";
const local = all.filter(({ from }) => from.startsWith("."));

test("the imports are found", () => {
  expect(all.length).toBeGreaterThan(300);
  expect(local.some(({ lazy }) => lazy)).toBe(true);
});

test("every folder imports only what the table allows", () => {
  const wrong = local
    .filter(
      (each) =>
        !isTest(each.file) &&
        folder(each.file) !== folder(target(each)) &&
        !(isStory(each.file) && folder(target(each)) === "stories") &&
        !(table[folder(each.file)] ?? []).includes(folder(target(each))),
    )
    .map((each) => `${each.file} → ${target(each)}`);
  expect(wrong).toEqual([]);
});

test("islands are reached by import() alone", () => {
  const wrong = local
    .filter(
      (each) =>
        !each.lazy &&
        !each.typeOnly &&
        !isTest(each.file) &&
        islands.has(folder(target(each))) &&
        folder(each.file) !== folder(target(each)),
    )
    .map((each) => `${each.file} → ${target(each)}`);
  expect(wrong).toEqual([]);
});

test("nothing but the page of the components knows a story", () => {
  const stories = all.filter(({ file }) => isStory(file));
  expect(stories.length).toBeGreaterThan(0);
  const wrong = local
    .filter((each) => !isStory(each.file) && !isTest(each.file) && isStory(target(each)))
    .map((each) => `${each.file} → ${target(each)}`);
  const gathering = files(root)
    .filter((path) => !isTest(relative(root, path)) && readFileSync(path, "utf8").includes("import.meta.glob"))
    .map((path) => relative(root, path));
  expect(wrong).toEqual([]);
  expect(gathering).toEqual(["stories/all.ts"]);
});

test("a feature takes of another its queries.ts and shared/ alone, in the pairs that are listed", () => {
  const wrong = local
    .filter(({ file }) => file.startsWith("features/") && !isTest(file))
    .flatMap((each) => {
      const [, own] = each.file.split("/");
      const [top, other, part] = target(each).split("/");
      if (top !== "features" || own === other) return [];
      return pairs.has(`${own} ${other}`) && (part === "queries.ts" || part === "shared")
        ? []
        : [`${each.file} → ${target(each)}`];
    });
  expect(wrong).toEqual([]);
});

test("a library stays with its owner", () => {
  const wrong = all
    .filter(
      ({ file, from }) =>
        !isTest(file) && owners.some(([library, who]) => library.test(from) && !who.includes(folder(file))),
    )
    .map(({ file, from }) => `${file} → ${from}`);
  expect(wrong).toEqual([]);
});

test("only the frame of views asks whether a query is pending, only live/ decides when to read again", () => {
  const texts = files(root).filter((path) => !isTest(relative(root, path)));
  const using = (word: RegExp) =>
    texts.filter((path) => word.test(readFileSync(path, "utf8"))).map((path) => folder(relative(root, path)));
  expect(using(/refetchInterval/)).toEqual(["live"]);
  // A mutation that is under way makes its button busy; what is told apart here is a query.
  expect(
    using(/\bstate\.isPending|query\.isPending|\{ isPending/).filter(
      (where) => !["ui", "forms", "live"].includes(where),
    ),
  ).toEqual([]);
});
