import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { JsonTree } from "./JsonTree.tsx";
import { find, visible } from "./nodes.ts";

const value = { spec: { source: { code: "<script>alert(1)</script>" }, tags: ["a/b", "c"] }, id: "x" };

test("names are pointers, however they are written", () => {
  expect(visible({ "a/b": { "c~d": 1 } }, new Set(["", "/a~1b"])).map((node) => node.pointer)).toEqual([
    "",
    "/a~1b",
    "/a~1b/c~0d",
  ]);
});

test("a search opens what is above its hits", () => {
  const { hits, open } = find(value, "ALERT");
  expect([...hits]).toEqual(["/spec/source/code"]);
  expect([...open]).toEqual(["", "/spec", "/spec/source"]);
});

test("keys move and fold; markup stays text", async () => {
  render(<JsonTree label="Entity" value={value} />);
  expect(await violations()).toEqual([]);
  screen.getByRole("treeitem", { name: "2 fields" }).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}");
  expect(screen.getByRole("treeitem", { name: /^code:/ }).textContent).toContain("<script>alert(1)</script>");
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}{ArrowLeft}");
  expect(screen.getAllByRole("treeitem")).toHaveLength(3);
  await userEvent.type(screen.getByRole("searchbox", { name: "Search" }), "a/b");
  expect(screen.getByRole("status").textContent).toBe("1 match");
  expect(screen.getByRole("treeitem", { name: /a\/b/ })).toBeTruthy();
  expect(await violations()).toEqual([]);
});
