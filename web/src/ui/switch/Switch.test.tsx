import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Switch } from "./Switch.tsx";

test("is switched by click and key, and says its state", async () => {
  const change = vi.fn();
  const { container } = render(<Switch label="nightly" checked={false} onChange={change} />);
  const control = screen.getByRole("switch", { name: "nightly" });
  expect(control.getAttribute("aria-checked")).toBe("false");
  await userEvent.click(control);
  await userEvent.keyboard(" ");
  expect(change.mock.calls).toEqual([[true], [true]]);
  expect(await violations(container)).toEqual([]);
});

test("one that cannot be switched says why and does nothing", async () => {
  const change = vi.fn();
  render(<Switch label="nightly" checked onChange={change} disabledReason="The server is away." />);
  await userEvent.click(screen.getByRole("switch", { name: "nightly", description: "The server is away." }));
  expect(change).not.toHaveBeenCalled();
});
