import { expect, test } from "vitest";
import { createReducer, type CreateState } from "./state.ts";

const fresh: CreateState = {
  value: { name: "train", kind: "", metadata: {}, spec: {} },
  template: undefined,
  began: {},
  asked: undefined,
};

test("a kind is taken at once while nothing of a spec was typed", () => {
  const chosen = createReducer(fresh, { do: "begin", with: { kind: "python" } });
  expect(chosen.value).toEqual({ ...fresh.value, kind: "python" });
  expect(createReducer(chosen, { do: "begin", with: { kind: "container" } }).value.kind).toBe("container");
});

test("a template brings words and spec, and keeps the name and other words", () => {
  const typed = { ...fresh, value: { ...fresh.value, metadata: { version: "first" } } };
  const begun = createReducer(typed, {
    do: "begin",
    with: { kind: "python", template: "hello", metadata: { description: "Says hello" }, spec: { source: "a" } },
  });
  expect(begun.value).toEqual({
    name: "train",
    kind: "python",
    metadata: { version: "first", description: "Says hello" },
    spec: { source: "a" },
  });
  const other = createReducer(begun, { do: "begin", with: { kind: "python", template: "etl", spec: { source: "b" } } });
  expect(other.value.spec).toEqual({ source: "b" });
});

test("a typed spec is thrown away only after it was confirmed", () => {
  const python = createReducer(fresh, { do: "begin", with: { kind: "python" } });
  const typed = createReducer(python, { do: "change", value: { ...python.value, spec: { image: "x" } } });
  const asked = createReducer(typed, { do: "begin", with: { kind: "container" } });
  expect(asked.value).toEqual(typed.value);
  expect(createReducer(asked, { do: "keep" })).toEqual(typed);
  expect(createReducer(asked, { do: "confirm" }).value).toMatchObject({ kind: "container", spec: {} });
  expect(createReducer(typed, { do: "begin", with: { kind: "python" } })).toBe(typed);
});
