import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GraphView } from "./GraphView.tsx";
import type { Layered } from "./layout.ts";

/** Lays every node 1000 px to the right of the one before, at once. */
class RowWorker extends EventTarget {
  postMessage({ nodes }: Layered) {
    const at = Object.fromEntries(nodes.map((node, index) => [node, [index * 1000, 0]]));
    const data = { at, bends: [], width: nodes.length * 1000, height: 100 };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }
  terminate() {}
}

const scrolled: number[] = [];
beforeEach(() => {
  scrolled.length = 0;
  vi.stubGlobal("Worker", RowWorker);
  for (const [name, value] of Object.entries({ maxBlockSize: "600px", paddingBlockEnd: "0px" }))
    Object.defineProperty(CSSStyleDeclaration.prototype, name, { value, configurable: true }); // as a browser has them
  Element.prototype.scrollTo = ((left: number) => scrolled.push(left)) as typeof Element.prototype.scrollTo;
});
afterEach(() => {
  Reflect.deleteProperty(Element.prototype, "scrollTo");
  for (const name of ["maxBlockSize", "paddingBlockEnd"]) Reflect.deleteProperty(CSSStyleDeclaration.prototype, name);
});

const graph = (nodes: readonly string[]) => (
  <GraphView label="Graph" nodes={nodes} edges={[]} draw={(node) => node} focus="b" />
);

test("what is looked at stays in the middle as the graph changes, at the scale that was chosen", async () => {
  const { rerender } = render(graph(["a", "b"]));
  await screen.findByText("b");
  const larger = screen.getByRole("button", { name: "Larger" });
  /* oxlint-disable no-await-in-loop -- presses follow each other */
  for (let presses = 0; presses < 4; presses++) await userEvent.click(larger);
  /* oxlint-enable no-await-in-loop */
  scrolled.length = 0;
  rerender(graph(["a", "b", "c"]));
  await screen.findByText("c");
  expect(scrolled.at(-1)).toBe(1100 * 1.25);
});
