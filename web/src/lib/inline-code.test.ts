import { expect, test } from "vitest";
import { encodeText } from "./base64.ts";
import { codeOf } from "./inline-code.ts";

test("code is read as the text that it was", () => {
  const code = 'def main():\r\n    return "città 日本 🐍"\n';
  expect(codeOf({ source: { base64: encodeText(code), lang: "python" } })).toEqual({ text: code, language: "python" });
  expect(codeOf({ source: { code: "select 1", lang: "sql" } })).toEqual({ text: "select 1", language: "sql" });
});

test("what is no text within the source is none", () => {
  expect(codeOf({ source: { base64: "/////w==" } })).toBeUndefined();
  expect(codeOf({ source: { source: "git+https://example.org/x" } })).toBeUndefined();
  expect(codeOf({})).toBeUndefined();
});
