import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
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
