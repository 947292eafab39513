import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

test("33 a trigger watches a pattern, and its run is given what changed", async ({ page, server, seed }) => {
  const p = seed.project;
  await seed.createFunction("clean", {
    code: "def main(context, table, note=''):\n    return table.key + ' ' + note\n",
  });
  const { key: before } = await seed.createTable("cities-2025");
  await seed.createTable("rivers");
  await open(page, server, `p/${p}/new/trigger?kind=lifecycle&function=clean`, "New trigger");
  await expect(page.getByRole("radio", { name: /^Change of state/ })).toBeChecked();
  await page.getByRole("textbox", { name: /^Name/ }).first().fill("on-cities");
  const watched = page.getByRole("group", { name: "What is watched" });
  await watched.getByRole("textbox", { name: "Name", exact: true }).fill("cities*");
  await expect(watched.getByRole("textbox", { name: "Key pattern" })).toHaveValue(`store://${p}/dataitem/*/cities*`);
  const matches = watched.getByRole("list", { name: "Matches by now" });
  await expect(matches.getByRole("listitem")).toHaveText([/^cities-2025/]);
  await expect(page.getByRole("region", { name: "When" }).getByText("READY", { exact: true })).toBeVisible();

  const what = page.getByRole("region", { name: "What to run" });
  await expect(what.getByText("main needs table, which nothing gives yet")).toBeVisible();
  await what.getByRole("button", { name: "Add to Inputs" }).click();
  await what.getByRole("textbox", { name: "Name 1 of Inputs" }).fill("table");
  const input = what.getByRole("combobox", { name: "Value of table in Inputs" });
  await input.fill("{{");
  await page.getByRole("option", { name: /^\{\{input\.key\}\}/ }).click();
  await expect(input).toHaveValue("{{input.key}}");
  await expect(what.getByText(/which nothing gives yet/)).toHaveCount(0);
  await what.getByRole("button", { name: "Add to Parameters", exact: true }).click();
  await what.getByRole("textbox", { name: "Name 1 of Parameters" }).fill("note");
  const note = what.getByRole("textbox", { name: "Value of note in Parameters" });
  await note.click();
  await page.keyboard.type("from {{input.na");
  await expect(page.getByRole("listbox", { name: "Placeholders" }).getByRole("option")).toHaveText([
    /^\{\{input\.name\}\}/,
  ]);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(note).toHaveValue("from {{input.name}}");
  await page.getByRole("button", { name: "Create trigger" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "on-cities" })).toBeVisible();
  await expect(page.getByRole("region", { name: "History" })).toContainText("Has not fired yet");

  await page.getByRole("tab", { name: /^Runs/ }).click();
  const { key } = await seed.createTable("cities-2026");
  const fired = page.getByRole("grid", { name: "Runs that it fired" });
  await expect(fired.getByRole("row").filter({ hasText: "Succeeded" })).toHaveCount(1);
  await expect(fired.getByRole("row").nth(1)).toContainText(key);
  await expectAccessible(page);
  const { body } = await seed.get(`-/${p}/runs`);
  const { content } = body as { content: { spec: { inputs: unknown; parameters: unknown } }[] };
  expect(content.map(({ spec: { inputs, parameters } }) => ({ inputs, parameters }))).toEqual([
    { inputs: { table: key }, parameters: { note: "from cities-2026" } },
  ]);
  expect(key).not.toBe(before);
});

test("33 a firing that cannot work says why, and the trigger is switched on again", async ({ page, server, seed }) => {
  const p = seed.project;
  const { id } = await seed.createFunction("clean");
  const task = await seed.task("clean", id);
  const trigger = await seed.post<{ id: string }>(`-/${p}/triggers`, {
    name: "broken",
    kind: "lifecycle",
    spec: {
      key: `store://${p}/dataitem/*/cities*`,
      states: ["READY"],
      task,
      function: `python://${p}/clean:${id}`,
      template: { secrets: "{{input.name}}" },
    },
  });
  await open(page, server, `p/${p}/triggers/${trigger.id}`, "broken");
  await seed.createTable("cities");
  const alert = page.getByRole("alert").filter({ hasText: "A firing failed, so the trigger is off" });
  await expect(alert).toContainText("secrets");
  await expect(page.getByRole("switch", { name: "broken is on" })).not.toBeChecked();
  await expectAccessible(page);
  await alert.getByRole("button", { name: "Switch on again" }).click();
  await expect(page.getByRole("switch", { name: "broken is on" })).toBeChecked();
  await expect(alert).toHaveCount(0);
});
