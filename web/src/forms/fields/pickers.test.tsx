import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { show, value } from "../../testing/schema-form.tsx";

describe("pickers", () => {
  test("secrets are chosen by name with the arrows, or made in place", async () => {
    const createSecret = vi.fn(async () => "fresh");
    const secrets = async (typed: string) =>
      ["hf-token", "db"].filter((n) => n.includes(typed)).map((n) => ({ value: n }));
    show(
      { secrets: { type: "array", title: "Secrets", items: { type: "string" } } },
      {},
      { pickers: { secrets, createSecret } },
    );
    const box = screen.getByRole("combobox", { name: "Secrets", hidden: true });
    await userEvent.type(box, "hf");
    await screen.findByRole("option", { name: "hf-token", hidden: true });
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(value).toEqual({ secrets: ["hf-token"] });
    await userEvent.click(screen.getByRole("button", { name: "New secret", hidden: true }));
    expect(value).toEqual({ secrets: ["hf-token", "fresh"] });
  });

  test("an input is found by name and looked for", async () => {
    const entities = vi.fn(() => async () => [{ value: "store://p/dataitem/table/cities:1", label: "cities" }]);
    const exists = async () => ({ exists: true as const, note: "1.2 GiB" });
    show(
      { d: { type: "string", title: "D", pattern: "^store://", "x-ui": { entity: "dataitem" } } },
      {},
      { pickers: { entities, exists } },
    );
    await userEvent.click(screen.getByRole("combobox", { name: "D" }));
    await userEvent.click(await screen.findByRole("option", { name: "cities" }));
    expect(value).toEqual({ d: "store://p/dataitem/table/cities:1" });
    expect(entities).toHaveBeenCalledWith({ types: ["dataitem"] });
    await screen.findByText("exists, 1.2 GiB");
  });

  test("choices that cannot be loaded leave the field usable", async () => {
    show(
      { profile: { type: "string", title: "Profile" } },
      {},
      { pickers: { profiles: () => Promise.reject(new Error("away")) } },
    );
    await userEvent.type(screen.getByRole("combobox", { name: "Profile", hidden: true }), "small");
    await waitFor(() => expect(document.body.textContent).toContain("could not be loaded"));
    expect(value).toEqual({ profile: "small" });
  });

  test("a schedule is said in words, with its next times", async () => {
    show({ schedule: { type: "string", title: "Schedule" } }, {}, { required: ["schedule"] });
    const box = screen.getByRole("textbox", { name: "Schedule" });
    await userEvent.type(box, "30 2 * * 1-5");
    expect(document.body.textContent).toContain("At 02:30 on Monday, Tuesday, Wednesday, Thursday, and Friday");
    expect(screen.getAllByRole("listitem")).toHaveLength(5);
    await userEvent.clear(box);
    await userEvent.type(box, "61 * * * *");
    expect(document.body.textContent).toContain("The minute field cannot be 61.");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Presets" }), "Every day at midnight");
    expect(value).toEqual({ schedule: "@daily" });
  });
});
