import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Button } from "./Button.tsx";
import { IconButton } from "./IconButton.tsx";

test("a button acts by click and by key", async () => {
  const act = vi.fn();
  render(<Button onClick={act}>Save</Button>);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await userEvent.keyboard("{Enter} ");
  expect(act).toHaveBeenCalledTimes(3);
});

test("a blocked button stays reachable, says why, and does nothing", async () => {
  const act = vi.fn();
  const submit = vi.fn((event: React.FormEvent) => event.preventDefault());
  render(
    <form onSubmit={submit}>
      <Button type="submit" disabledReason="The name is missing." onClick={act}>
        Create
      </Button>
    </form>,
  );
  const button = screen.getByRole("button", { name: "Create", description: "The name is missing." });
  await userEvent.tab();
  expect(document.activeElement).toBe(button);
  await userEvent.keyboard("{Enter}");
  await userEvent.click(button);
  expect(act).not.toHaveBeenCalled();
  expect(submit).not.toHaveBeenCalled();
  expect(await violations()).toEqual([]);
});

test("a busy button cannot be pressed twice", async () => {
  const act = vi.fn();
  render(
    <Button busy onClick={act}>
      Delete
    </Button>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(act).not.toHaveBeenCalled();
});

test("an icon button has its label as name", async () => {
  render(<IconButton label="Reload" icon={<svg />} />);
  expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test("a double click on what makes something makes one", async () => {
  const act = vi.fn();
  const submit = vi.fn((event: React.FormEvent) => event.preventDefault());
  const page = vi.fn();
  render(
    <form onSubmit={submit}>
      <Button tone="primary" onClick={act}>
        Run
      </Button>
      <Button type="submit">Create</Button>
      <Button onClick={page}>Next</Button>
    </form>,
  );
  await userEvent.dblClick(screen.getByRole("button", { name: "Run" }));
  await userEvent.dblClick(screen.getByRole("button", { name: "Create" }));
  await userEvent.dblClick(screen.getByRole("button", { name: "Next" }));
  expect(act).toHaveBeenCalledTimes(1);
  expect(submit).toHaveBeenCalledTimes(1);
  expect(page).toHaveBeenCalledTimes(2);
});
