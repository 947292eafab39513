import { expect, test } from "vitest";
import { entryOf, signatureOf } from "./signature.ts";

test("arguments are told from defaults, annotations, stars and what a run gets by itself", () => {
  const code = `
from digitalhub_runtime_python import handler

def main(old): pass

@handler(outputs=["model"])
def main(project, cities: dict[str, int], /, lr: float = max(low, 2), *rest, epochs, n=1, **more):
    def inner(other): pass

async def later(a, *, b=None): pass
`;
  expect(signatureOf(code, "python", "main")).toEqual({
    name: "main",
    required: ["cities", "epochs"],
    optional: ["lr", "n"],
  });
  expect(signatureOf(code, "python", "module:later")).toEqual({ name: "later", required: ["a"], optional: ["b"] });
  expect(signatureOf("def f(): pass", "python", "f")).toEqual({ name: "f", required: [], optional: [] });
});

test("what cannot be told is not guessed", () => {
  expect(signatureOf("@cached\ndef main(x): pass", "python", "main")).toBeUndefined();
  expect(signatureOf("class A:\n    def main(self, x): pass", "python", "main")).toBeUndefined();
  expect(signatureOf("main = print", "python", "main")).toBeUndefined();
  expect(signatureOf("select 1", "sql", "main")).toBeUndefined();
});

test("the only function of some code is what its runs begin with, or its main; within others nothing is", () => {
  expect(entryOf("import os\n\n@handler()\nasync def train(a):\n    def inner(): pass\n", "python")).toBe("train");
  expect(entryOf("def a(): pass\ndef main(): pass\n", "python")).toBe("main");
  expect(entryOf("def a(): pass\ndef a(b): pass\n", "python")).toBe("a");
  expect(entryOf("def a(): pass\ndef b(): pass\n", "python")).toBeUndefined();
  expect(entryOf("class A:\n    def a(self): pass\n", "python")).toBeUndefined();
  expect(entryOf("def main(): pass", "sql")).toBeUndefined();
  expect(entryOf("def ", "python")).toBeUndefined();
});
