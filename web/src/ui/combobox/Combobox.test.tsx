import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Combobox, type Option, type OptionSource } from "./Combobox.tsx";

function Live({ options, said }: { options: readonly Option[] | OptionSource; said: (value: string) => void }) {
  const [value, change] = useState("");
  return (
    <form>
      <label htmlFor="box">Name</label>
      <Combobox
        id="box"
        label="Name"
        value={value}
        options={options}
        onInput={(typed) => {
          change(typed);
          said(typed);
        }}
      />
    </form>
  );
}

const fruit = [{ value: "pear" }, { value: "apple", note: "red" }, { value: "grape" }];

test("typing filters, arrows go round, Enter takes, Escape closes", async () => {
  const said = vi.fn();
  render(<Live options={fruit} said={said} />);
  const box = screen.getByRole("combobox", { name: "Name" });
  await userEvent.type(box, "ap");
  expect(screen.getAllByRole("option").map((o) => o.textContent)).toEqual(["applered", "grape"]);
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{ArrowUp}");
  expect(box.getAttribute("aria-activedescendant")).toBe(screen.getByRole("option", { name: "grape" }).id);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(said).toHaveBeenLastCalledWith("apple");
  expect(screen.queryByRole("listbox")).toBeNull();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getAllByRole("option")).toHaveLength(3);
  await userEvent.keyboard("{Escape}");
  expect(box.getAttribute("aria-expanded")).toBe("false");
});

test("an answer for an earlier text is never shown for a later one", async () => {
  const answers: Record<string, (list: Option[]) => void> = {};
  const source: OptionSource = (typed) =>
    new Promise((resolve) => {
      answers[typed] = resolve;
    });
  render(<Live options={source} said={() => {}} />);
  const box = screen.getByRole("combobox", { name: "Name" });
  await userEvent.type(box, "a");
  await waitFor(() => expect(answers["a"]).toBeDefined());
  await userEvent.type(box, "b");
  await waitFor(() => expect(answers["ab"]).toBeDefined());
  answers["ab"]?.([{ value: "abacus" }]);
  await screen.findByRole("option", { name: "abacus" });
  answers["a"]?.([{ value: "apple" }]);
  await Promise.resolve();
  expect(screen.getAllByRole("option").map((o) => o.textContent)).toEqual(["abacus"]);
});

test("what cannot be loaded is said and typing goes on", async () => {
  const said = vi.fn();
  render(<Live options={() => Promise.reject(new Error("away"))} said={said} />);
  await userEvent.type(screen.getByRole("combobox", { name: "Name" }), "x");
  await screen.findAllByText(/could not be loaded/);
  expect(said).toHaveBeenLastCalledWith("x");
});
