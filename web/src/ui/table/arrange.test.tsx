import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useMemo, useState } from "react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { defaultPrefs, PrefsContext } from "../prefs/prefs.ts";
import type { Sort } from "../../lib/sort.ts";
import { ArrangeTable } from "./ArrangeTable.tsx";
import { arranged, type Column, movedTo, tracksOf, visibleColumns } from "./column.ts";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { DataTable } from "./DataTable.tsx";

interface Item {
  id: string;
  name: string;
}

const rowId = (item: Item) => item.id;

/** A table whose columns are remembered as the browser would. */
function Arranged() {
  const [prefs, setPrefs] = useState(defaultPrefs);
  const store = useMemo(
    () => ({ prefs, change: (part: Partial<typeof prefs>) => setPrefs((old) => ({ ...old, ...part })) }),
    [prefs],
  );
  return (
    <PrefsContext value={store}>
      <ColumnChooser id="people" columns={wide} />
      <DataTable
        arrangeable
        id="people"
        label="People"
        rows={[{ id: "ada", name: "Ada" }]}
        rowId={rowId}
        rowName={rowId}
        columns={wide}
        onOpen={() => {}}
      />
    </PrefsContext>
  );
}
const wide: Column<Item>[] = [
  { id: "name", header: "Name", width: "minmax(80px, 1fr)", cell: (item) => item.name, pin: "start" },
  { id: "id", header: "Id", width: "120px", cell: (item) => item.id },
  { id: "more", header: "More", width: "40px", cell: () => "more", pin: "end" },
];
const heads = () => screen.getAllByRole("columnheader", { hidden: true }).map((each) => each.textContent);

test("columns are made wider by keys, one of their edges is in the tab order", async () => {
  render(<Arranged />);
  const edge = (name: string) => screen.getByRole("separator", { name: `Width of ${name}` });
  expect(screen.queryByRole("separator", { name: "Width of More" })).toBeNull();
  expect([edge("Name").tabIndex, edge("Id").tabIndex]).toEqual([0, -1]);
  edge("Name").focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement).toBe(edge("Id"));
  expect([edge("Name").tabIndex, edge("Id").tabIndex]).toEqual([-1, 0]);
  await userEvent.keyboard("{ArrowRight}");
  expect(edge("Id").getAttribute("aria-valuenow")).toBe("136");
  expect(screen.getByRole("grid").style.getPropertyValue("--columns")).toBe("minmax(80px, 1fr) 136px 40px");
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(edge("Id").getAttribute("aria-valuenow")).toBe("104");
  await userEvent.keyboard("{Home}");
  expect(edge("Id").getAttribute("aria-valuenow")).toBe("120");
  expect(await violations()).toEqual([]);
});

test("columns are moved by dragging a header and by the arrows of the dialog, and reset", async () => {
  render(<Arranged />);
  const head = (name: RegExp) => screen.getByRole("columnheader", { name });
  const dataTransfer = { setData: () => {}, effectAllowed: "" };
  fireEvent.dragStart(head(/Name/), { dataTransfer });
  fireEvent.dragOver(head(/Id/), { dataTransfer });
  fireEvent.drop(head(/Id/), { dataTransfer });
  expect(heads()).toEqual(["Id", "Name", "More"]);
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /Arrange/ }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Move Name before the one above" }));
  expect(heads()).toEqual(["Name", "Id", "More"]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Move Name behind the one below" }));
  expect(heads()).toEqual(["Id", "Name", "More"]);
  expect(await violations()).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Reset columns" }));
  expect(heads()).toEqual(["Name", "Id", "More"]);
});

function Ordered() {
  const [sort, setSort] = useState<readonly Sort[]>([{ by: "name", descending: false }]);
  const columns: Column<unknown>[] = ["Name", "State", "Kind"].map((header) => {
    return { id: header, header, width: "1fr", cell: () => "", sort: header.toLowerCase() };
  });
  return <ArrangeTable id="runs" columns={columns} sort={sort} onSort={setSort} onClose={() => {}} />;
}

test("the focus stays with the order when a key comes or goes", async () => {
  render(<Ordered />);
  const press = async (name: string) => userEvent.click(screen.getByRole("button", { name }));
  const focused = () => document.activeElement?.getAttribute("aria-label");
  await press("State");
  expect(focused()).toBe("State: ascending, change to descending");
  await press("Kind");
  expect(focused()).toBe("Kind: ascending, change to descending");
  await press("Remove State from the order");
  expect(focused()).toBe("Kind: ascending, change to descending");
  await press("Remove Kind from the order");
  expect(focused()).toBe("Name: ascending, change to descending");
});

test("an order that was kept takes in columns that came later, behind those they follow", () => {
  const of = (...ids: string[]): Column<Item>[] => ids.map((id) => ({ id, header: id, width: "1fr", cell: () => id }));
  const order = (all: readonly Column<Item>[]) => arranged(all, ["c", "gone", "a"]).map(({ id }) => id);
  expect(order(of("a", "b", "c", "d"))).toEqual(["c", "d", "a", "b"]);
  expect(order(of("new", "a", "c"))).toEqual(["new", "c", "a"]);
  expect(movedTo(["a", "b", "c"], "a", "c")).toEqual(["b", "c", "a"]);
  expect(movedTo(["a", "b", "c"], "c", "a")).toEqual(["c", "a", "b"]);
  expect(tracksOf(of("a", "b"), { a: 100, b: 60 })).toEqual(["100px", "minmax(60px, 1fr)"]);
});

test("a column that hides by itself shows when it is asked for", () => {
  const hiding: Column<Item>[] = [
    { id: "name", header: "Name", width: "1fr", cell: () => "" },
    { id: "id", header: "Id", width: "1fr", cell: () => "", optional: "hidden" },
  ];
  expect(visibleColumns(hiding, []).map((column) => column.id)).toEqual(["name"]);
  expect(visibleColumns(hiding, ["id"]).map((column) => column.id)).toEqual(["name", "id"]);
});
