import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { StateTimeline } from "./StateTimeline.tsx";
import type { RunDoc } from "./run.ts";

test("of a run that lives only the state that lasts is told in whole seconds", () => {
  const begun = Date.now() - 5500;
  const at = (ms: number) => new Date(begun + ms).toISOString();
  const transitions = [
    { status: "RUNNING", time: at(36) },
    { status: "PENDING", time: at(14) },
    { status: "READY", time: at(0) },
  ];
  render(
    <StateTimeline run={{ kind: "python+job:run", status: { state: "RUNNING", transitions } } as unknown as RunDoc} />,
  );
  const times = screen.getAllByRole("listitem").map((each) => each.lastElementChild?.textContent);
  expect(times.slice(0, 2)).toEqual(["14ms", "22ms"]);
  expect(times[2]).toMatch(/^\d\.0s$/);
});
