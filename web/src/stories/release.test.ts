// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { build } from "vite";
import release from "../../vite.config.ts";
import { noStories } from "../../tools/no-stories.ts";

const root = mkdtempSync(join(tmpdir(), "dhub-stories-"));
afterAll(() => rmSync(root, { recursive: true }));

/** Builds a program of the files given, the first of which starts it. */
async function built(files: Readonly<Record<string, string>>): Promise<unknown> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const input = join(root, Object.keys(files)[0] ?? "");
  return build({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [noStories()],
    build: { write: false, rolldownOptions: { input } },
  });
}

const story = "export const story = globalThis.name;";

test("a build with a story in it fails, also where it is loaded late", async () => {
  await expect(
    built({
      "src/a.ts": 'import { story } from "./ui/x/X.story.tsx"; console.log(story);',
      "src/ui/x/X.story.tsx": story,
    }),
  ).rejects.toThrow(/holds stories: .*X\.story\.tsx/);
  await expect(
    built({ "src/b.ts": 'console.log(await import("./stories/all.ts"));', "src/stories/all.ts": story }),
  ).rejects.toThrow(/holds stories: .*stories\/all\.ts/);
});

test("a build without one passes", async () => {
  await expect(built({ "src/c.ts": "console.log(1);" })).resolves.toBeDefined();
});

test("the console is built under that rule, from its own page alone", () => {
  const names = release.plugins?.flat().map((plugin) => (plugin && "name" in plugin ? plugin.name : ""));
  expect(names).toContain("no-stories");
  expect(release.build?.rolldownOptions?.input).toBeUndefined();
});
