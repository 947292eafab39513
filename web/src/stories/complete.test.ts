// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { slug } from "./address.ts";

const root = join(import.meta.dirname, "..");

/** Components of other folders that have a page of their own (console.md 6.7). */
const others = [
  "charts/MetricChart.tsx",
  "code/CodeEditor.tsx",
  "code/DiffView.tsx",
  "entity/EntityLink.tsx",
  "entity/VersionsPanel.tsx",
  "features/materials/FilePreviewView.tsx",
  "forms/SchemaForm.tsx",
  "forms/SpecForm.tsx",
  "graph/GraphView.tsx",
  "logs/LogViewer.tsx",
];

/** What of ui/ shows nothing by itself, and the component whose story shows it. */
const within: Readonly<Record<string, string>> = {
  "ui/dialog/DialogFoot.tsx": "ui/dialog/Dialog.story.tsx",
  "ui/lazy/lazily.tsx": "",
  "ui/late/use-late-trigger.tsx": "ui/menu/Menu.story.tsx",
  "ui/status/StatusGlyph.tsx": "ui/status/StatusBadge.story.tsx",
  "ui/toast/ToastProvider.tsx": "ui/toast/Toast.story.tsx",
};

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.(test|gen)\.|\.d\.ts$/.test(path))
  .map((path) => path.replaceAll("\\", "/"));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const stories = files.filter((path) => path.endsWith(".story.tsx"));
const storyOf = (component: string) => component.replace(/\.tsx$/, ".story.tsx");

/** The files of ui/ that other folders draw: what is taken from a folder by its neighbours alone is a part of it. */
function components(): string[] {
  const drawn = new Set<string>();
  for (const file of files.filter((path) => !path.endsWith(".story.tsx") && !path.startsWith("stories/")))
    for (const [, from = ""] of read(file).matchAll(/(?:from |import\()"(\.[^"]+\.tsx)"/g)) {
      const taken = relative(root, resolve(root, dirname(file), from));
      if (taken.startsWith("ui/") && dirname(taken) !== dirname(file)) drawn.add(taken);
    }
  return [...drawn].toSorted();
}

test("every component of ui/ has a story beside it that draws it, and so have those named of other folders", () => {
  const all = components();
  expect(all.length).toBeGreaterThan(30);
  const wrong = [...all.filter((path) => !(path in within)), ...others].filter((path) => {
    const story = storyOf(path);
    return !stories.includes(story) || !read(story).includes(`"./${path.split("/").at(-1) ?? ""}"`);
  });
  expect(wrong).toEqual([]);
});

test("what is shown within another story is still there, and so is the story", () => {
  const gone = Object.entries(within).filter(
    ([path, story]) => !files.includes(path) || (story !== "" && !stories.includes(story)),
  );
  expect(gone).toEqual([]);
});

test("every folder of ui/ that holds components has a story", () => {
  const folders = new Set(files.filter((path) => /^ui\/.*\/[A-Z]\w*\.tsx$/.test(path)).map((path) => dirname(path)));
  const told = new Set(stories.map((path) => dirname(path)));
  expect([...folders].filter((folder) => !told.has(folder))).toEqual([]);
});

test("every story has an address of its own", () => {
  const slugs = stories.map((path) => slug(path.replace(/^.*\/|\.story\.tsx$/g, "")));
  expect(new Set(slugs).size).toBe(stories.length);
});
