import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Tooltip } from "./Tooltip.tsx";

test("shows on focus and goes with Escape", async () => {
  render(
    <Tooltip text="Runs again with the same input">
      <button>Rerun</button>
    </Tooltip>,
  );
  await userEvent.tab();
  expect((await screen.findByRole("tooltip")).textContent).toContain("Runs again");
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
});

test("shows after a while under the pointer and describes its button, which keeps its own handlers", async () => {
  const entered = vi.fn();
  render(
    <Tooltip text="Runs again with the same input">
      <button onPointerEnter={entered}>Rerun</button>
    </Tooltip>,
  );
  const button = screen.getByRole("button");
  await userEvent.hover(button);
  const tooltip = await screen.findByRole("tooltip");
  expect(entered).toHaveBeenCalledTimes(1);
  expect(button.getAttribute("aria-describedby")).toBe(tooltip.id);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("tooltip")).toBeNull();
  expect(button.hasAttribute("aria-describedby")).toBe(false);
});
