import { expect, test } from "vitest";
import { partsOf, proposeKind, proposeName, versionPath } from "./plan.ts";

const files = (...names: string[]) => names.map((name) => ({ name, size: 1 }));
const mebi = 1024 * 1024;

test.each([
  ["cities.csv", "cities"],
  ["Größe der Städte (neu).csv.gz", "Gro-e-der-Sta-dte-neu"],
  ["archive.tar.gz", "archive"],
  [".env", "env"],
  ["<script>.html", "script"],
  ["README", "README"],
])("%s is called %s", (file, name) => {
  expect(proposeName(files(file))).toBe(name);
});

test("files of one folder are called as the folder, others as the first", () => {
  expect(proposeName(files("model v2/a.bin", "model v2/b/c.bin"))).toBe("model-v2");
  expect(proposeName(files("a.bin", "b.bin"))).toBe("a");
  expect(proposeName([])).toBe("");
});

const kinds = {
  dataitems: ["croissant", "dataitem", "table"],
  models: ["huggingface", "mlflow", "model", "onnx", "sklearn"],
  artifacts: ["artifact"],
};

test("the kind follows what the files look like, within what the server has", () => {
  expect(proposeKind("dataitems", files("a.csv", "b.CSV.gz"), kinds.dataitems)).toBe("table");
  expect(proposeKind("dataitems", files("a.parquet"), kinds.dataitems)).toBe("table");
  expect(proposeKind("dataitems", files("a.csv", "b.txt"), kinds.dataitems)).toBe("dataitem");
  const head = '{"conformsTo": "http://mlcommons.org/croissant/1.0"';
  expect(proposeKind("dataitems", [{ name: "meta.json", size: 9, head }], kinds.dataitems)).toBe("croissant");
  expect(proposeKind("dataitems", files("a.csv"), ["other"])).toBe("other");
  expect(proposeKind("models", files("m/MLmodel", "m/model.pkl"), kinds.models)).toBe("mlflow");
  expect(proposeKind("models", files("clf.joblib"), kinds.models)).toBe("sklearn");
  expect(proposeKind("models", files("weights.bin"), kinds.models)).toBe("model");
  expect(proposeKind("artifacts", files("a.csv"), kinds.artifacts)).toBe("artifact");
});

test("parts cover a file without gap, and are never more than there may be", () => {
  expect(partsOf(0)).toEqual([{ number: 1, from: 0, to: 0 }]);
  expect(partsOf(5 * mebi)).toHaveLength(1);
  const parts = partsOf(11 * mebi);
  expect(parts.map(({ from, to }) => to - from)).toEqual([5 * mebi, 5 * mebi, mebi]);
  expect(parts.every((part, index) => part.from === (parts[index - 1]?.to ?? 0))).toBe(true);
  const huge = partsOf(500_000 * mebi);
  expect(huge.length).toBeLessThanOrEqual(10_000);
  expect(huge.at(-1)?.to).toBe(500_000 * mebi);
});

test("one file is its version's path, several lie in its folder", () => {
  expect(versionPath("s3://b/p/dataitem/x/1/a.csv", files("a.csv"))).toBe("s3://b/p/dataitem/x/1/a.csv");
  expect(versionPath("s3://b/p/model/x/1/m/a", files("m/a", "m/b"))).toBe("s3://b/p/model/x/1/");
});
