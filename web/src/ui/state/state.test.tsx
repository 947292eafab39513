import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { setAway } from "./away.ts";
import { EmptyState } from "./EmptyState.tsx";
import { ErrorPanel } from "./ErrorPanel.tsx";
import { type ListState, ListView } from "./ListView.tsx";

const there: ListState = { isPending: false, error: null, refetch: () => {} };

function list(state: Partial<ListState>, count: number, filtered = false, clear = () => {}) {
  return (
    <ListView
      state={{ ...there, ...state }}
      what="runs"
      count={count}
      filtered={filtered}
      totalUnfiltered={12}
      onClearFilters={clear}
      empty={<EmptyState title="No runs yet" help="A run executes a function." />}
    >
      <p>The rows</p>
    </ListView>
  );
}

test("loading has the list's geometry and says so", async () => {
  render(list({ isPending: true }, 0));
  expect(screen.getByRole("status", { name: "Loading" })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test("what was never loaded does not look as if it came soon while the server is away, and comes when it is back", async () => {
  const refetch = vi.fn();
  const { rerender } = render(list({ isPending: true, refetch }, 0));
  act(() => setAway(true));
  expect(screen.queryByRole("status", { name: "Loading" })).toBeNull();
  expect(screen.getByRole("alert").textContent).toContain("The server cannot be reached");
  expect(screen.getByRole("alert").textContent).toContain("loads by itself when the server answers again");
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(refetch).toHaveBeenCalledTimes(1);
  act(() => setAway(false));
  expect(screen.getByRole("status", { name: "Loading" })).toBeTruthy();
  rerender(list({}, 3));
  expect(screen.getByText("The rows")).toBeTruthy();
});

test("rows that are there stay while the server is away", () => {
  act(() => setAway(true));
  render(list({}, 3));
  expect(screen.getByText("The rows")).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  act(() => setAway(false));
});

test("nothing yet and nothing found are told apart", async () => {
  const clear = vi.fn();
  const { rerender } = render(list({}, 0));
  expect(screen.getByRole("heading", { name: "No runs yet" })).toBeTruthy();
  rerender(list({}, 0, true, clear));
  expect(screen.getByText("Without filters there are 12.")).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(clear).toHaveBeenCalledTimes(1);
});

test("a failed refetch keeps the rows that are there", () => {
  render(list({ error: new Error("no") }, 3));
  expect(screen.getByText("The rows")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("Could not load runs");
});

test("a failure carries the server's words, the request id and a retry", async () => {
  const retry = vi.fn();
  const error = { failure: { kind: "error", message: "The disk is full.", requestId: "r-1", details: "all of it" } };
  render(<ErrorPanel error={error} what="runs" onRetry={retry} />);
  const panel = screen.getByRole("alert");
  expect(panel.textContent).toContain("The disk is full.");
  expect(panel.textContent).toContain("r-1");
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(retry).toHaveBeenCalledTimes(1);
  await userEvent.click(screen.getByRole("button", { name: "Copy details" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
  expect(await violations()).toEqual([]);
});
