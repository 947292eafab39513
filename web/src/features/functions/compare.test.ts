import { expect, test } from "vitest";
import { en } from "../../i18n/en.ts";
import { comparedParts } from "./compare.ts";

const version = (code: string, requirements: string[], handler: string, created: string) => ({
  metadata: { created, version: created, project: "demo", description: "Trains", labels: ["ml"] },
  spec: { source: { base64: btoa(code), handler, lang: "python" }, requirements },
});

test("a change stands in one part, and what every version has of its own in none", () => {
  const parts = comparedParts(en, version("a\n", ["numpy"], "main", "1"), version("b\n", ["numpy", "six"], "run", "2"));
  expect(parts.map(({ id, before, after }) => [id, before, after])).toEqual([
    ["code", "a\n", "b\n"],
    ["requirements", "numpy\n", "numpy\nsix\n"],
    ["spec", "source:\n  handler: main\n  lang: python\n", "source:\n  handler: run\n  lang: python\n"],
    ["metadata", "description: Trains\nlabels:\n  - ml\n", "description: Trains\nlabels:\n  - ml\n"],
  ]);
  expect(parts[0]?.language).toBe("python");
});

test("code that lies elsewhere stays with the spec", () => {
  const remote = { metadata: {}, spec: { source: { source: "git://example.org/a" } } };
  const [code, , spec] = comparedParts(en, remote, remote);
  expect(code?.before).toBe("");
  expect(spec?.before).toContain("git://example.org/a");
});
