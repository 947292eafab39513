// The page that starts the console is painted before its program runs: what it needs for that (src/app/first.js) gets a
// name by its content, so that no browser asks for it twice, and starts the program, which is only fetched until then.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const file = "src/app/first.js";
const start = /src="\.\/src\/app\/first\.js"/g;
const program = /<script type="module" crossorigin src="([^"]+)"><\/script>/g;

/** The plugin. A page that does not hold each of the two once fails the build. */
export function firstPaint(): Plugin {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
  const fileName = `assets/first-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
  const replaced = (html: string, part: RegExp, by: string): string => {
    const count = [...html.matchAll(part)].length;
    if (count !== 1) throw new Error(`index.html holds ${part.source} ${count} times; once is expected`);
    return html.replace(part, by);
  };
  return {
    name: "first-paint",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml: {
      order: "post",
      handler: (html) =>
        replaced(
          replaced(html, start, `src="./${fileName}"`),
          program,
          '<link rel="modulepreload" crossorigin id="program" href="$1">',
        ),
    },
  };
}
