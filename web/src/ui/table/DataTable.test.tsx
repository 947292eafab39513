import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Menu, MenuItem } from "../menu/Menu.tsx";
import { defaultPrefs, PrefsContext } from "../prefs/prefs.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./DataTable.tsx";

interface Item {
  id: string;
  name: string;
}

const items: Item[] = ["ada", "bob", "cyd", "dan"].map((name) => ({ id: name, name }));
const columns: Column<Item>[] = [
  { id: "name", header: "Name", width: "1fr", cell: (item) => item.name, sort: "name" },
  { id: "id", header: "Id", width: "1fr", cell: (item) => <a href={`#${item.id}`}>{item.id}</a>, optional: "hidden" },
];

const rowId = (item: Item) => item.id;
const rowName = (item: Item) => item.name;

function Example({ open }: { open?: (item: Item) => void }) {
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [expanded, setExpanded] = useState<Set<string>>(new Set());
  return (
    <DataTable
      id="people"
      label="People"
      rows={items}
      rowId={rowId}
      rowName={rowName}
      columns={columns}
      total={40}
      onOpen={open ?? (() => {})}
      selected={selected}
      onSelect={setSelected}
      expanded={expanded}
      onExpand={setExpanded}
      details={(item) => <p>About {item.name}</p>}
      sort={[{ by: "name", descending: true }]}
      onSort={() => {}}
    />
  );
}

type PlainProps = Partial<
  Pick<
    Parameters<typeof DataTable<Item>>[0],
    "rows" | "columns" | "onKey" | "primary" | "sort" | "onSort" | "arrangeable"
  >
>;

/** A table of names in which nothing can be chosen or unfolded. */
function Plain(props: PlainProps) {
  return (
    <DataTable
      id="people"
      label="People"
      rows={items}
      rowId={rowId}
      rowName={rowName}
      columns={columns}
      onOpen={() => {}}
      {...props}
    />
  );
}

const selectedRows = () => screen.getAllByRole("row", { selected: true }).map((row) => row.dataset["rowId"]);

test("a grid tells its size, its sorting and one tab stop among its rows", async () => {
  render(<Example />);
  const grid = screen.getByRole("grid", { name: "People" });
  expect(grid.getAttribute("aria-rowcount")).toBe("41");
  expect(screen.getByRole("columnheader", { name: /Name/ }).getAttribute("aria-sort")).toBe("descending");
  expect(
    within(grid)
      .getAllByRole("row")
      .filter((row) => row.tabIndex === 0),
  ).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

test("keys move, open, select with a range, and unfold", async () => {
  const open = vi.fn();
  render(<Example open={open} />);
  const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
  row("ada").focus();
  await userEvent.keyboard("j{ArrowDown}k");
  expect(document.activeElement).toBe(row("bob"));
  await userEvent.keyboard("{Enter}");
  expect(open).toHaveBeenCalledWith(items[1]);
  await userEvent.keyboard("x{End}{Shift>}x{/Shift}");
  expect(selectedRows()).toEqual(["bob", "cyd", "dan"]);
  await userEvent.keyboard("{Home}{ArrowRight}");
  expect(screen.getByText("About ada")).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{ArrowLeft}");
  expect(screen.queryByText("About ada")).toBeNull();
});

test("the pointer opens by row, unfolds by chevron and selects by box", async () => {
  const open = vi.fn();
  render(<Example open={open} />);
  await userEvent.click(screen.getByRole("button", { name: "Expand cyd" }));
  expect(screen.getByText("About cyd")).toBeTruthy();
  await userEvent.click(screen.getByRole("checkbox", { name: "Select ada" }));
  expect(selectedRows()).toEqual(["ada"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Select all rows" }));
  expect(selectedRows()).toHaveLength(4);
  expect(open).not.toHaveBeenCalled();
  await userEvent.click(screen.getByText("dan"));
  expect(open).toHaveBeenCalledWith(items[3]);
});

test("headers sort by one column, and with Shift by a further one, each saying which key it is", async () => {
  const onSort = vi.fn();
  const both: Column<Item>[] = columns.map((column) => ({ ...column, sort: column.id, optional: undefined }));
  const table = (sort: Parameters<typeof DataTable<Item>>[0]["sort"]) => (
    <Plain columns={both} sort={sort} onSort={onSort} />
  );
  const byName = { by: "name", descending: true };
  const { rerender } = render(table([byName]));
  const head = (name: string) => screen.getByRole("button", { name: `Sort by ${name}` });
  await userEvent.click(head("Name"));
  expect(onSort).toHaveBeenLastCalledWith([{ by: "name", descending: false }]);
  await userEvent.click(head("Id"));
  expect(onSort).toHaveBeenLastCalledWith([{ by: "id", descending: false }]);
  head("Id").focus();
  await userEvent.keyboard("{Shift>}{Enter}{/Shift}");
  expect(onSort).toHaveBeenLastCalledWith([byName, { by: "id", descending: false }]);
  rerender(table([byName, { by: "id", descending: false }]));
  const sorted = screen.getAllByRole("columnheader").map((each) => each.getAttribute("aria-sort"));
  expect(sorted).toEqual(["descending", null]);
  const described = (name: string) =>
    document.getElementById(head(name).getAttribute("aria-describedby") ?? "")?.textContent;
  expect([described("Name"), described("Id")]).toEqual(["key 1, descending", "key 2, ascending"]);
  expect(await violations()).toEqual([]);
});

test("keys in the menu of a row belong to the menu", async () => {
  const onKey = vi.fn(() => true);
  const again = vi.fn();
  const withMenu: Column<Item>[] = [
    ...columns,
    {
      id: "more",
      header: "More",
      width: "1fr",
      cell: (item) => (
        <Menu trigger={<button>More about {item.name}</button>}>
          <MenuItem onSelect={() => {}}>Rename</MenuItem>
          <MenuItem onSelect={again}>Run again</MenuItem>
        </Menu>
      ),
    },
  ];
  render(<Plain columns={withMenu} onKey={onKey} />);
  await userEvent.click(screen.getByRole("button", { name: "More about ada" }));
  await screen.findByRole("menu");
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Run again");
  await userEvent.keyboard("s");
  expect(onKey).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(again).toHaveBeenCalledTimes(1);
});

test("a key that is held moves on, and acts once", () => {
  const onKey = vi.fn(() => true);
  render(<Plain onKey={onKey} />);
  const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
  row("ada").focus();
  for (const repeat of [false, true, true]) fireEvent.keyDown(row("ada"), { key: "r", repeat });
  expect(onKey).toHaveBeenCalledTimes(1);
  fireEvent.keyDown(row("ada"), { key: "j", repeat: true });
  expect(document.activeElement).toBe(row("bob"));
});

test("when the row that has the focus goes, the one in its place has it", () => {
  const { rerender } = render(<Plain />);
  screen.getByRole("row", { name: /bob/ }).focus();
  rerender(<Plain rows={items.filter(({ id }) => id !== "bob")} />);
  expect(document.activeElement).toBe(screen.getByRole("row", { name: /cyd/ }));
  rerender(<Plain rows={items.slice(0, 1)} />);
  expect(document.activeElement).toBe(screen.getByRole("row", { name: /ada/ }));
});

test("a row that comes, is chosen or gets the focus draws no other row again", async () => {
  const cell = vi.fn((item: Item) => item.name);
  const counted: Column<Item>[] = [{ id: "name", header: "Name", width: "1fr", cell }];
  const table = (rows: Item[], selected: Set<string>) => (
    <DataTable
      id="people"
      label="People"
      rows={rows}
      rowId={rowId}
      rowName={rowName}
      columns={counted}
      onOpen={() => {}}
      selected={selected}
      onSelect={() => {}}
    />
  );
  const eve = { id: "eve", name: "eve" };
  const { rerender } = render(table(items, new Set()));
  expect(cell).toHaveBeenCalledTimes(items.length);
  cell.mockClear();
  rerender(table([eve, ...items], new Set(["bob"])));
  expect(cell.mock.calls).toEqual([[eve]]);
  expect(selectedRows()).toEqual(["bob"]);
  screen.getByRole("row", { name: /ada/ }).focus();
  await userEvent.keyboard("jj");
  expect(document.activeElement).toBe(screen.getByRole("row", { name: /cyd/ }));
  expect(cell).toHaveBeenCalledTimes(1);
});

test("what a row does is what its table would do now", async () => {
  const [before, now] = [vi.fn(), vi.fn()];
  const { rerender } = render(<Example open={before} />);
  rerender(<Example open={now} />);
  await userEvent.click(screen.getByText("dan"));
  expect([before.mock.calls, now.mock.calls]).toEqual([[], [[items[3]]]]);
});

test("keys go into the list of a page from its heading, and from the page where nothing has the focus", async () => {
  const draw = (primary: boolean, covered = false) => (
    <main tabIndex={-1}>
      <h1 tabIndex={-1} data-page-title>
        People
      </h1>
      <input aria-label="Filter" />
      <button>Create</button>
      <div aria-hidden={covered}>
        <Plain primary={primary} />
      </div>
    </main>
  );
  const { rerender } = render(draw(false));
  const focus = () => document.activeElement;
  const row = (name: string) => screen.getByRole("row", { name: new RegExp(name) });
  const rest = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  await userEvent.keyboard("j");
  expect(focus()).toBe(document.body);
  rerender(draw(true));
  for (const key of ["j", "k", "{ArrowDown}"]) {
    rest();
    await userEvent.keyboard(key);
    expect(focus()).toBe(row("ada"));
    for (const place of [screen.getByRole("heading"), screen.getByRole("main")]) {
      place.focus();
      await userEvent.keyboard(key);
      expect(focus()).toBe(row("ada"));
    }
  }
  await userEvent.keyboard("j");
  expect(focus()).toBe(row("bob"));
  for (const other of [screen.getByRole("textbox"), screen.getByRole("button", { name: "Create" })]) {
    other.focus();
    await userEvent.keyboard("j{ArrowDown}");
    expect(focus()).toBe(other);
  }
  rest();
  await userEvent.keyboard("{Control>}j{/Control}{Shift>}{ArrowDown}{/Shift}x");
  expect(focus()).toBe(document.body);
  rerender(draw(true, true));
  await userEvent.keyboard("j");
  expect(focus()).toBe(document.body);
  rerender(draw(true));
  await userEvent.keyboard("j");
  expect(focus()).toBe(row("bob"));
});

test("with single keys switched off only the arrow goes into the list of a page", async () => {
  render(
    <PrefsContext value={{ prefs: { ...defaultPrefs, singleKeys: false }, change: () => {} }}>
      <Plain primary />
    </PrefsContext>,
  );
  await userEvent.keyboard("jk");
  expect(document.activeElement).toBe(document.body);
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement).toBe(screen.getByRole("row", { name: /ada/ }));
});
