import { expect, test } from "vitest";
import { type Address, readAddress, slug, writeAddress } from "./address.ts";

const plain: Address = {
  story: "button",
  alone: undefined,
  theme: "light",
  direction: "ltr",
  language: "en",
  width: "full",
};

test("a fragment is what is looked at, and how", () => {
  expect(readAddress("#button")).toEqual(plain);
  expect(writeAddress(plain)).toBe("#button");
  const other: Address = {
    story: "dialog",
    alone: "long-text",
    theme: "dark",
    direction: "rtl",
    language: "it",
    width: "320",
  };
  expect(writeAddress(other)).toBe("#dialog/long-text?theme=dark&dir=rtl&lang=it&width=320");
  expect(readAddress(writeAddress(other))).toEqual(other);
});

test("what is not understood is left at its default", () => {
  expect(readAddress("#button?theme=pink&dir=up&lang=xx&width=7")).toEqual(plain);
});

test("names become segments", () => {
  expect(["Button", "DataTable", "JsonTree", "long text", "2 of 3"].map(slug)).toEqual([
    "button",
    "data-table",
    "json-tree",
    "long-text",
    "2-of-3",
  ]);
});
