import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Key } from "./Key.tsx";

test("copies the whole value and says so", async () => {
  const user = userEvent.setup();
  render(<Key value="store://demo/function/python/hello:1a2b" what="key" />);
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Copy key" }));
  await screen.findByRole("button", { name: "Copied" });
  expect(await navigator.clipboard.readText()).toBe("store://demo/function/python/hello:1a2b");
});
