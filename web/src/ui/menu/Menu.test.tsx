import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { IconButton } from "../button/IconButton.tsx";
import { Popover } from "../popover/Popover.tsx";
import { loadMenus, Menu, MenuCheck, MenuChoice, MenuItem, MenuSeparator } from "./Menu.tsx";

test("a menu whose parts are not there yet opens by itself when they are", async () => {
  render(
    <Menu trigger={<button>More</button>}>
      <MenuItem onSelect={() => {}}>Rerun</MenuItem>
    </Menu>,
  );
  const button = screen.getByRole("button", { name: "More" });
  fireEvent.pointerDown(button, { button: 0, ctrlKey: false });
  button.focus();
  expect(screen.queryByRole("menu")).toBeNull();
  expect(await screen.findByRole("menuitem", { name: "Rerun" })).toBeTruthy();
  expect(button.isConnected).toBe(true);
  expect(button.getAttribute("aria-expanded")).toBe("true");
});

test("a menu opens, moves and chooses by keys, and a blocked entry says why", async () => {
  await loadMenus();
  const rerun = vi.fn();
  const stop = vi.fn();
  render(
    <Menu trigger={<button>More</button>}>
      <MenuItem onSelect={rerun}>Rerun</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={stop} disabledReason="The run has ended.">
        Stop
      </MenuItem>
    </Menu>,
  );
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(stop).not.toHaveBeenCalled();
  screen.getByRole("menuitem", { name: /The run has ended/ });
  await userEvent.keyboard("{ArrowUp}{Enter}");
  expect(rerun).toHaveBeenCalledTimes(1);
  expect(screen.queryByRole("menu")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "More" }));
});

test("choices and checks tell their state", async () => {
  await loadMenus();
  const choose = vi.fn();
  const check = vi.fn();
  render(
    <Menu trigger={<button>View</button>}>
      <MenuChoice
        label="Theme"
        value="dark"
        options={[
          { value: "dark", label: "Dark" },
          { value: "light", label: "Light" },
        ]}
        onChange={choose}
      />
      <MenuCheck checked onChange={check}>
        Labels
      </MenuCheck>
    </Menu>,
  );
  await userEvent.click(screen.getByRole("button", { name: "View" }));
  expect(screen.getByRole("menuitemradio", { name: "Dark" }).getAttribute("aria-checked")).toBe("true");
  await userEvent.click(screen.getByRole("menuitemcheckbox", { name: "Labels" }));
  expect(check).toHaveBeenCalledWith(false);
  await userEvent.click(screen.getByRole("menuitemradio", { name: "Light" }));
  expect(choose).toHaveBeenCalledWith("light");
});

test("a popover has a name and gives the focus back", async () => {
  render(
    <Popover trigger={<button>Activity</button>} label="Activity">
      <p>Nothing yet</p>
    </Popover>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Activity" }));
  screen.getByRole("dialog", { name: "Activity" });
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Activity" }));
});

test("a menu that nobody came near is a button that says what it opens", async () => {
  await loadMenus();
  render(
    <Menu trigger={<IconButton label="More" icon="…" />}>
      <MenuItem onSelect={() => {}}>Rerun</MenuItem>
    </Menu>,
  );
  const button = screen.getByRole("button", { name: "More" });
  expect([button.getAttribute("aria-haspopup"), button.getAttribute("aria-expanded")]).toEqual(["menu", "false"]);
  expect(button.id).toBe("");
  await userEvent.click(button);
  expect(screen.getByRole("menu", { name: "More" })).toBeTruthy();
  expect(button.isConnected).toBe(true);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(button.getAttribute("aria-controls")).toBe(screen.getByRole("menu").id);
  await userEvent.keyboard("{Escape}");
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute("aria-expanded")).toBe("false");
});

test("a finger, which is nowhere before it presses, opens a menu with its first press", async () => {
  await loadMenus();
  render(
    <Menu trigger={<button>More</button>}>
      <MenuItem onSelect={() => {}}>Rerun</MenuItem>
    </Menu>,
  );
  fireEvent.pointerDown(screen.getByRole("button", { name: "More" }), { button: 0, ctrlKey: false });
  expect(screen.getByRole("menuitem", { name: "Rerun" })).toBeTruthy();
});
