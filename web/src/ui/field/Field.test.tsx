import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Checkbox } from "./Checkbox.tsx";
import { TextField } from "./TextField.tsx";

test("a field ties label, help and error to its input", async () => {
  const change = vi.fn();
  render(<TextField label="Name" value="" onChange={change} help="Letters only." error="A name is needed." required />);
  const input = screen.getByRole("textbox", { name: /^Name/, description: "Letters only. A name is needed." });
  expect(input.getAttribute("aria-invalid")).toBe("true");
  await userEvent.type(input, "a");
  expect(change).toHaveBeenCalledWith("a");
  expect(await violations()).toEqual([]);
});

test("a checkbox may be half checked and toggles by Space", async () => {
  const change = vi.fn();
  render(<Checkbox label="All rows" checked="mixed" onChange={change} bare />);
  const box = screen.getByRole<HTMLInputElement>("checkbox", { name: "All rows" });
  expect(box.indeterminate).toBe(true);
  await userEvent.tab();
  await userEvent.keyboard(" ");
  expect(change).toHaveBeenCalledTimes(1);
  expect(await violations()).toEqual([]);
});
