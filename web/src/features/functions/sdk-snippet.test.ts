import { expect, test } from "vitest";
import { sdkSnippet } from "./sdk-snippet.ts";

test("the snippet reads the function and runs it; an older version is named by its id", () => {
  expect(sdkSnippet("demo", { name: "train", id: "1a" }, true, "job")).toBe(
    'import digitalhub as dh\n\nfunction = dh.get_function("train", project="demo")\nrun = function.run("job", wait=True)\n',
  );
  expect(sdkSnippet("demo", { name: "train", id: "1a" }, false, undefined)).toContain(
    'dh.get_function("train", project="demo", entity_id="1a")\n',
  );
});
