import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { type StatusEntity, statusView } from "./status.ts";
import { StatusBadge } from "./StatusBadge.tsx";

test.each<[string, StatusEntity, string]>([
  ["READY", "run", "Queued"],
  ["READY", "material", "Ready"],
  ["RUNNING", "run", "Running"],
  ["RUNNING", "service", "Up"],
  ["COMPLETED", "run", "Succeeded"],
  ["SUCCEEDED", "run", "Succeeded"],
  ["ERROR", "run", "Failed"],
  ["STOPPED", "trigger", "Off"],
  ["PONDERING", "run", "PONDERING"],
  ["constructor", "run", "constructor"],
])("%s of a %s is shown as %s", (state, entity, word) => {
  render(<StatusBadge state={state} entity={entity} />);
  expect(screen.getByText(word)).toBeTruthy();
  expect(screen.getByTitle(`State ${state}`)).toBeTruthy();
});

test("states that a run can end in differ in shape, not only in colour", () => {
  const icons = ["COMPLETED", "ERROR", "STOPPED", "DELETED"].map((state) => statusView(state, "run").icon);
  expect(new Set(icons).size).toBe(icons.length);
});

test("the word stays for screen readers when only the icon is shown", async () => {
  render(<StatusBadge state="ERROR" entity="run" compact />);
  expect(screen.getByText("Failed")).toBeTruthy();
  expect(await violations()).toEqual([]);
});
