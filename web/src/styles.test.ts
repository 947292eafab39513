// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path, ending) : ending.test(entry.name) ? [path] : [];
  });
}

const sheets = files(root, /\.css$/).filter((path) => basename(path) !== "tokens.css");
const read = (path: string) => readFileSync(path, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
const named =
  /(?<![\w-])(#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(|(?:white|black|red|green|blue|gray|grey|orange|purple|yellow)\b(?=\s*[;,)]))/gi;

test("colours stand in tokens.css alone", () => {
  const wrong = sheets.flatMap((path) =>
    [...read(path).matchAll(named)].map((match) => `${relative(root, path)}: ${match[0]}`),
  );
  expect(wrong).toEqual([]);
});

test("every sheet sits in a layer, and nothing is important", () => {
  const wrong = sheets.filter((path) => {
    const text = read(path)
      .replaceAll(/@font-face\s*\{[^}]*\}/g, "")
      .trim();
    return !text.startsWith("@layer") || /!important/.test(text);
  });
  expect(wrong.map((path) => relative(root, path))).toEqual([]);
});

test("the order of the layers is told before any of them", () => {
  const styles = [...read(join(root, "app/main.tsx")).matchAll(/^import "(.+)";$/gm)].map((match) => match[1]);
  expect(styles[0]).toBe("../ui/layers.css");
  expect(read(join(root, "ui/layers.css")).trim()).toBe("@layer reset, tokens, base, ui, feature;");
});

test("every token that is used is defined", () => {
  const defined = new Set(
    [...readFileSync(join(root, "ui/tokens.css"), "utf8").matchAll(/(--[\w-]+):/g)].map((match) => match[1]),
  );
  const script = files(root, /\.tsx?$/)
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const wrong = sheets.flatMap((path) =>
    [...read(path).matchAll(/var\((--[\w-]+)/g)]
      .map((match) => match[1] ?? "")
      // A component sets its own custom properties in style={}, or in the sheet itself; Radix sets --radix-….
      .filter(
        (name) =>
          !defined.has(name) &&
          !name.startsWith("--radix-") &&
          !script.includes(`"${name}"`) &&
          !new RegExp(`${name}:`).test(read(path)),
      )
      .map((name) => `${relative(root, path)}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("class names that components use exist in their sheet, and the sheet has no others", () => {
  const wrong: string[] = [];
  for (const sheet of sheets.filter((path) => path.endsWith(".module.css"))) {
    const classes = new Set(
      [...read(sheet).matchAll(/\.([a-zA-Z][\w-]*)(?=[^{}]*\{)/g)].map((match) => match[1] ?? ""),
    );
    const users = files(join(sheet, ".."), /\.tsx$/)
      .map((path) => readFileSync(path, "utf8"))
      .filter((text) => text.includes(`/${basename(sheet)}"`));
    const used = new Set<string>();
    for (const text of users) {
      const local = new RegExp(`import (\\w+) from "[^"]*/${basename(sheet).replaceAll(".", "\\.")}"`).exec(text)?.[1];
      if (local === undefined) continue;
      for (const match of text.matchAll(new RegExp(`\\b${local}\\.(\\w+)`, "g"))) used.add(match[1] ?? "");
      // css[tone] may be any.
      if (new RegExp(`\\b${local}\\[`).test(text)) for (const name of classes) used.add(name);
    }
    for (const name of used) if (!classes.has(name)) wrong.push(`${relative(root, sheet)} lacks ${name}`);
    for (const name of classes)
      if (!used.has(name)) wrong.push(`${relative(root, sheet)} has ${name}, which nobody uses`);
  }
  expect(wrong).toEqual([]);
});
