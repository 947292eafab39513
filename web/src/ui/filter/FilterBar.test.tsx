import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import type { Filter, FilterValues } from "./filter.ts";
import { FilterBar } from "./FilterBar.tsx";

const filters: Filter[] = [
  {
    id: "kind",
    label: "Kind",
    type: "choice",
    options: [
      { value: "python", label: "Python" },
      { value: "dbt", label: "dbt" },
    ],
  },
  {
    id: "state",
    label: "State",
    type: "choice",
    multiple: true,
    options: [
      { value: "ERROR", label: "Failed" },
      { value: "RUNNING", label: "Running" },
    ],
  },
  { id: "label", label: "Label", type: "text", options: [{ value: "demo", label: "demo" }] },
];

const log: [FilterValues, boolean][] = [];

function Example() {
  const [values, setValues] = useState<FilterValues>({});
  return (
    <FilterBar
      filters={filters}
      values={values}
      onChange={(next, typing) => {
        log.push([next, typing]);
        setValues(next);
      }}
      search={{ id: "name", label: "Filter by name" }}
      count="3 runs"
    />
  );
}

test("each filter is set, changed and removed; typing is told apart from choosing", async () => {
  log.length = 0;
  render(<Example />);
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("/");
  expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Filter by name" }));
  await userEvent.keyboard("tr");
  await userEvent.click(screen.getByRole("button", { name: "Kind any" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "Python" }));
  await userEvent.click(screen.getByRole("button", { name: "State any" }));
  await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Failed" }));
  await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Running" }));
  await userEvent.keyboard("{Escape}");
  expect(log.at(-1)).toEqual([{ name: ["tr"], kind: ["python"], state: ["ERROR", "RUNNING"] }, false]);
  expect(log[1]).toEqual([{ name: ["tr"] }, true]);
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Remove filter Kind" }));
  expect(log.at(-1)).toEqual([{ name: ["tr"], state: ["ERROR", "RUNNING"] }, false]);
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(log.at(-1)).toEqual([{}, false]);
  expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("");
});

test("a label is typed into its token", async () => {
  log.length = 0;
  render(<Example />);
  await userEvent.click(screen.getByRole("button", { name: "Label any" }));
  await userEvent.type(screen.getByRole("combobox", { name: "Label" }), "demo{Enter}");
  expect(log.at(-1)).toEqual([{ label: ["demo"] }, false]);
  expect(await violations()).toEqual([]);
});

test("a word is chosen from what is asked for once its token is open, or typed whole; it is one, and can go", async () => {
  const ask = vi.fn(() => Promise.resolve([{ value: "train", note: "python" }, { value: "load" }]));
  const word: Filter = { id: "function", label: "Function", type: "word", suggest: ask };
  const sent: FilterValues[] = [];
  function Bar() {
    const [values, setValues] = useState<FilterValues>({});
    const change = (next: FilterValues) => {
      sent.push(next);
      setValues(next);
    };
    return <FilterBar filters={[word]} values={values} onChange={change} />;
  }
  render(<Bar />);
  expect(ask).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Function any" }));
  const field = screen.getByRole("combobox", { name: "Function" });
  expect(document.activeElement).toBe(field);
  await screen.findByRole("option", { name: /train/ });
  expect(field.getAttribute("aria-describedby")).toBe(screen.getByText(/^Choose one, or type the whole name/).id);
  expect(screen.queryByText(/label/)).toBeNull();
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(sent.at(-1)).toEqual({ function: ["train"] });
  expect(screen.queryByRole("combobox")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Function train" }));
  await userEvent.click(await screen.findByRole("option", { name: "load" }));
  expect(sent.at(-1)).toEqual({ function: ["load"] });
  await userEvent.click(screen.getByRole("button", { name: "Function load" }));
  await userEvent.clear(screen.getByRole("combobox"));
  await userEvent.keyboard("loa{Enter}");
  expect(sent.at(-1)).toEqual({ function: ["loa"] });
  await userEvent.click(screen.getByRole("button", { name: "Function loa" }));
  await userEvent.keyboard("x{Escape}");
  expect(sent).toHaveLength(3);
  await userEvent.click(screen.getByRole("button", { name: "Function loa" }));
  await userEvent.clear(screen.getByRole("combobox"));
  await userEvent.keyboard("{Enter}");
  expect(sent.at(-1)).toEqual({});
});

test("what is filtered can be copied as a query of the API", async () => {
  const user = userEvent.setup(); // with a clipboard
  const bar = (values: FilterValues) => (
    <FilterBar filters={filters} values={values} onChange={() => {}} query={() => "http://dhub/api/v1/runs?kind=dbt"} />
  );
  const { rerender } = render(bar({}));
  expect(screen.queryByRole("button", { name: "Copy as API query" })).toBeNull();
  rerender(bar({ kind: ["dbt"] }));
  await user.click(screen.getByRole("button", { name: "Copy as API query" }));
  expect(await navigator.clipboard.readText()).toBe("http://dhub/api/v1/runs?kind=dbt");
  expect(await violations()).toEqual([]);
});

test("what was typed stays when the page brings older texts late, and gives way to what comes from outside", async () => {
  const sent: string[] = [];
  const bar = (value: string) => (
    <FilterBar
      filters={[]}
      values={value === "" ? {} : { name: [value] }}
      onChange={(next) => sent.push(next["name"]?.[0] ?? "")}
      search={{ id: "name", label: "Filter by name" }}
    />
  );
  const { rerender } = render(bar(""));
  const box = screen.getByRole<HTMLInputElement>("searchbox");
  await userEvent.type(box, "rain");
  expect(sent).toEqual(["r", "ra", "rai", "rain"]);
  rerender(bar("ra"));
  expect(box.value).toBe("rain");
  rerender(bar("rain"));
  expect(box.value).toBe("rain");
  rerender(bar("ra"));
  expect(box.value).toBe("ra");
});

test("one button folds the filters of a narrow window: it says how many hold, Escape folds them again", async () => {
  render(<Example />);
  const fold = screen.getByRole("button", { name: "Filters", expanded: false });
  const tokens = document.getElementById(fold.getAttribute("aria-controls") ?? "");
  expect(tokens?.dataset["folded"]).toBe("true");
  await userEvent.click(fold);
  expect(fold.getAttribute("aria-expanded")).toBe("true");
  expect(tokens?.dataset["folded"]).toBeUndefined();
  expect(tokens?.contains(screen.getByRole("button", { name: "Kind any" }))).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Kind any" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name: "Python" }));
  expect(fold.textContent).toBe("Filters (1)");
  await userEvent.click(screen.getByRole("button", { name: "State any" }));
  await userEvent.keyboard("{Escape}");
  expect(fold.getAttribute("aria-expanded")).toBe("true"); // the menu took the key
  await userEvent.keyboard("{Escape}");
  expect(fold.getAttribute("aria-expanded")).toBe("false");
  expect(document.activeElement).toBe(fold);
  expect(await violations()).toEqual([]);
});

test("a single filter is not folded", () => {
  render(<FilterBar filters={filters.slice(0, 1)} values={{}} onChange={() => {}} />);
  expect(screen.queryByRole("button", { name: "Filters" })).toBeNull();
  expect(screen.getByRole("button", { name: "Kind any" })).toBeTruthy();
});
