import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import type { Json } from "../../lib/json.ts";
import { violations } from "../../testing/axe.ts";
import { show, value } from "../../testing/schema-form.tsx";

describe("rows", () => {
  const envs: Json = {
    type: ["array", "object"],
    title: "Environment",
    items: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string" }, value: { type: ["string", "number"] } },
    },
    additionalProperties: { type: "string" },
  };

  test("names with values by keyboard alone; a name that is there twice is said", async () => {
    show({ envs });
    const add = screen.getByRole("button", { name: "Add to Environment", hidden: true });
    add.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Name 1 of Environment", hidden: true })),
    );
    await userEvent.keyboard("A{Tab}1");
    expect(value).toEqual({ envs: [{ name: "A", value: "1" }] });
    await userEvent.click(add);
    await userEvent.type(screen.getByRole("textbox", { name: "Name 2 of Environment", hidden: true }), "A");
    screen.getByText("A is there twice.");
    await userEvent.click(screen.getAllByRole("button", { name: "Remove A", hidden: true })[1] ?? add);
    expect(value).toEqual({ envs: [{ name: "A", value: "1" }] });
    expect(await violations()).toEqual([]);
  });

  test("an object stays an object", async () => {
    show({ envs }, { envs: { A: "1" } });
    await userEvent.type(screen.getByRole("textbox", { name: "Value of A in Environment", hidden: true }), "2");
    expect(value).toEqual({ envs: { A: "12" } });
  });

  test("parameters take their type from what is typed, or from the choice", async () => {
    show({ parameters: { type: "object", title: "Parameters" } });
    await userEvent.click(screen.getByRole("button", { name: "Add to Parameters" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Name 1 of Parameters" }), "lr");
    const lr = screen.getByRole("textbox", { name: "Value of lr in Parameters" });
    await userEvent.type(lr, "1e-4");
    expect(value).toEqual({ parameters: { lr: 0.0001 } });
    expect(lr).toHaveProperty("value", "1e-4");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Type of Value of lr in Parameters" }), "Text");
    expect(value).toEqual({ parameters: { lr: "1e-4" } });
  });

  test("items are added, moved and taken out", async () => {
    show(
      {
        t: {
          type: "array",
          title: "T",
          items: { type: "object", properties: { name: { type: "string", title: "Name" } } },
        },
      },
      { t: [{ name: "a" }, { name: "b" }] },
    );
    await userEvent.click(screen.getByRole("button", { name: "Move b up" }));
    expect(value).toEqual({ t: [{ name: "b" }, { name: "a" }] });
    await userEvent.click(screen.getByRole("button", { name: "Add to T" }));
    const third = screen.getByRole("group", { name: "T 3" });
    await waitFor(() => expect(document.activeElement).toBe(within(third).getByRole("textbox", { name: "Name" })));
    await userEvent.keyboard("c");
    expect(value).toEqual({ t: [{ name: "b" }, { name: "a" }, { name: "c" }] });
    await userEvent.click(screen.getByRole("button", { name: "Remove b" }));
    expect(value).toEqual({ t: [{ name: "a" }, { name: "c" }] });
  });

  test("what takes a row out leaves the focus with its neighbour, the last one with the button that adds", async () => {
    show(
      {
        t: { type: "array", title: "T", items: { type: "object", properties: { name: { type: "string" } } } },
        m: { type: "object", title: "M", additionalProperties: { type: "string" } },
      },
      { t: [{ name: "a" }, { name: "b" }], m: { x: "1", y: "2" } },
    );
    for (const [names, add] of [
      [["b", "a"], "Add to T"],
      [["x", "y"], "Add to M"],
    ] as const) {
      const [first, second] = names;
      await userEvent.click(screen.getByRole("button", { name: `Remove ${first}` }));
      const left = screen.getByRole("button", { name: `Remove ${second}` });
      await waitFor(() => expect(document.activeElement).toBe(left));
      await userEvent.click(left);
      await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: add })));
    }
  });

  test("words as chips: Enter adds, Backspace takes the last away", async () => {
    show({ w: { type: "array", title: "W", items: { type: "string" } } });
    const box = screen.getByRole("combobox", { name: "W" });
    await userEvent.type(box, "one{Enter}two{Enter}");
    expect(value).toEqual({ w: ["one", "two"] });
    await userEvent.type(box, "{Backspace}");
    expect(value).toEqual({ w: ["one"] });
    await userEvent.click(screen.getByRole("button", { name: "Remove one" }));
    expect(value).toEqual({});
  });
});
