import { expect, test } from "vitest";
import { definition } from "./definition.ts";

test("code, needs and plain settings are told; what is large or empty is not", () => {
  expect(
    definition({
      python_version: "PYTHON3_11",
      image: "",
      replicas: 2,
      source: { handler: "main", source: "git+https://example.org/a", base64: "eA==" },
      requirements: ["numpy", "pandas"],
      build: { a: 1 },
    }),
  ).toEqual([
    { name: "handler", value: "main" },
    { name: "source", value: "git+https://example.org/a" },
    { name: "requirements", value: "numpy, pandas" },
    { name: "python_version", value: "PYTHON3_11" },
    { name: "replicas", value: "2" },
  ]);
});

test("a definition is short", () => {
  const spec = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`setting${i}`, i + 1]));
  expect(definition(spec)).toHaveLength(8);
});
