import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { RunRow } from "./run.ts";
import { Why } from "./Why.tsx";

const row = (status: object) => ({ status }) as unknown as RunRow;

test("a failed run begins with what tells its failure from others, and ends with what the reason is called", () => {
  render(<Why run={row({ state: "ERROR", reason: { code: "user_error", message: "KeyError: 'price'" } })} />);
  const text = "KeyError: 'price' · The function raised an exception";
  expect(screen.getByTitle(text).textContent).toBe(text);
});

test("one that said nothing is told by its reason, and a reason nobody knows by its code", () => {
  render(<Why run={row({ state: "ERROR", reason: { code: "user_error", message: "" } })} />);
  expect(screen.getByText("The function raised an exception")).toBeTruthy();
  render(<Why run={row({ state: "ERROR", reason: { code: "constructor", message: "" } })} />);
  expect(screen.getByText("constructor")).toBeTruthy();
});

test("one that waits or was stopped is told by its reason alone", () => {
  render(<Why run={row({ state: "STOPPED", reason: { code: "user_error", message: "at your service" } })} />);
  expect(screen.queryByText(/at your service/)).toBeNull();
});
