import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, open, row, test, toast, unfold } from "./steps.ts";

const value = "hunter2-Xk9/\nsecond line è";

/** Every answer of the API that holds the value, by its request. */
function leaks(page: Page): string[] {
  const found: string[] = [];
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (!url.pathname.startsWith("/api/") || url.pathname.endsWith("/events")) return;
    const take = (text: string) => {
      if (text.includes("hunter2")) found.push(`${response.request().method()} ${url.pathname}`);
    };
    response.text().then(take, () => {}); // an answer of a page that was left has no text
  });
  return found;
}

test("38 a secret is made, revealed by a click that is written down, replaced and deleted", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/400 \(Bad Request\)/);
  await seed.post(`-/${seed.project}/secrets`, {
    name: "taken",
    kind: "secret",
    spec: { path: "secret://taken", provider: "kubernetes" },
  });
  const found = leaks(page);
  await open(page, server, `p/${seed.project}/secrets`, "Secrets");
  await expect(row(page, "taken")).toBeVisible();
  await page.keyboard.press("c");
  const create = page.getByRole("dialog", { name: "New secret" });
  const name = create.getByRole("textbox", { name: /^Name/ });
  await expect(name).toBeFocused();
  await create.getByRole("button", { name: "Create secret" }).click();
  await expect(name).toHaveAccessibleDescription(/needs a name/);
  await name.fill("a b");
  await name.press("Tab");
  await expect(name).toHaveAccessibleDescription(/letters, digits and . _ \+ - only/);
  await name.fill("taken");
  await name.press("Tab");
  await expect(name).toHaveAccessibleDescription(/already a secret taken/);
  await expectAccessible(page);
  await name.fill("hf-token");
  await name.press("Tab");
  await expect(name).toHaveAccessibleDescription(/hf-token is free/);
  await create.getByRole("textbox", { name: /^Value/ }).fill(value);
  await page.reload();
  await create.getByRole("button", { name: "Restore draft" }).click();
  await expect(name).toHaveValue("hf-token");
  await expect(create.getByRole("textbox", { name: /^Value/ })).toHaveValue("");
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("hunter2");
  const typed = create.getByRole("textbox", { name: /^Value/ });
  await typed.fill(value);
  await expect(typed).toHaveCSS("-webkit-text-security", "disc");
  await create.getByRole("button", { name: "Show while typing" }).click();
  await expect(typed).toHaveCSS("-webkit-text-security", "none");
  await create.getByRole("button", { name: "Create secret" }).click();
  const shown = page.getByRole("dialog", { name: "Secret hf-token" });
  await expect(shown.getByText("The value has not been sent to this page.")).toBeVisible();
  await expect(shown.getByText("Nothing that is known uses it.")).toBeVisible();
  await expect(page).toHaveURL(/show=hf-token/);
  await page.reload();
  await expect(shown).toBeVisible();
  expect(found).toEqual([]);

  await shown.getByRole("button", { name: "Reveal" }).click();
  await expect(shown.getByRole("textbox", { name: "Value of the secret" })).toHaveValue(value);
  await expect(shown.getByRole("list", { name: "Who revealed it" }).getByRole("listitem")).toHaveText([/^anonymous/]);
  await expect(shown.getByText(/^Hides in \d+ seconds?$/)).toBeVisible();
  await expectAccessible(page);
  await shown.getByRole("button", { name: "Hide" }).click();
  await expect(shown.getByRole("textbox", { name: "Value of the secret" })).toHaveCount(0);
  expect(await page.content()).not.toContain("hunter2");
  expect(found).toEqual([expect.stringMatching(/^POST .*\/reveal$/)]);

  await shown.getByRole("button", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit secret hf-token" });
  await expect(edit.getByRole("textbox", { name: "Name" })).toHaveAttribute("readonly");
  await edit.getByRole("textbox", { name: "New value" }).fill("other");
  await edit.getByRole("textbox", { name: "Description" }).fill("For the hub");
  await edit.getByRole("button", { name: "Replace value" }).click();
  await expect(toast(page, "The value of hf-token was replaced.")).toBeVisible();
  await expect(shown.getByText("For the hub")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(row(page, "hf-token")).toContainText("For the hub");
  const values = (await seed.get(`-/${seed.project}/secrets/data?keys=hf-token`)).body;
  expect(values).toEqual({ "hf-token": "other" });

  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions/hello/run?action=job`, "Run hello");
  await unfold(page.getByRole("region", { name: "1. Configuration" }), "Secrets");
  await page.getByRole("combobox", { name: "Secrets" }).fill("hf");
  await expect(page.getByRole("option", { name: "hf-token" })).toBeVisible();
});

test("38 a revealed value hides by itself", async ({ page, server, seed }) => {
  const path = `-/${seed.project}/secrets`;
  await seed.post(path, { name: "short", kind: "secret", spec: { path: "secret://short", provider: "kubernetes" } });
  await seed.put(`${path}/data`, { short: "hunter2" });
  await page.clock.install();
  await open(page, server, `p/${seed.project}/secrets`, "Secrets");
  await row(page, "short").getByRole("link", { name: "Show short" }).click();
  await page.getByRole("button", { name: "Reveal" }).click();
  await expect(page.getByRole("textbox", { name: "Value of the secret" })).toHaveValue("hunter2");
  await page.clock.runFor(25_000);
  await expect(page.getByRole("textbox", { name: "Value of the secret" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Reveal" })).toBeVisible();
});

test("38 deleting a secret says who uses it", async ({ page, server, seed }) => {
  const path = `-/${seed.project}`;
  await seed.post(`${path}/secrets`, {
    name: "used",
    kind: "secret",
    spec: { path: "secret://used", provider: "kubernetes" },
  });
  await seed.put(`${path}/secrets/data`, { used: "x" });
  const { id } = await seed.createFunction("hello");
  const task = await seed.post<{ id: string }>(`${path}/tasks`, {
    kind: "python+job",
    spec: { function: `python://${seed.project}/hello:${id}`, secrets: ["used"] },
  });
  await seed.post(`${path}/triggers`, {
    name: "nightly",
    kind: "scheduler",
    spec: {
      schedule: "0 2 * * *",
      task: `python+job://${seed.project}/${task.id}`,
      function: `python://${seed.project}/hello:${id}`,
      template: { secrets: ["used"] },
    },
  });
  expect((await seed.run("hello", id)).state).toBe("COMPLETED");
  await page.goto(`${server.console}p/${seed.project}/secrets?show=used`);
  const usage = page.getByRole("list", { name: "Used by" });
  await expect(usage.getByRole("listitem")).toHaveText([
    /^Task python\+job ?hello/,
    /^Trigger ?nightly/,
    /^Run ?hello/,
  ]);
  await page.keyboard.press("Escape");
  await row(page, "used")
    .getByRole("button", { name: /^More actions/ })
    .click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete secret used" });
  await expect(dialog.getByRole("listitem")).toHaveText([
    "The value of used",
    "1 task gives it to its runs, which will miss it: hello",
    "1 trigger names it and will fail: nightly",
    "1 of the newest runs was given it",
  ]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(toast(page, "1 secret was deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No secrets yet" })).toBeVisible();
  const { body } = await seed.get(`${path}/secrets`);
  expect((body as { content: unknown[] }).content).toEqual([]);
});

test("38 what somebody else saved of a secret meanwhile is shown before anything is replaced", async ({
  page,
  server,
  seed,
}) => {
  const path = `-/${seed.project}/secrets`;
  const made = await seed.post<{ id: string; metadata: object }>(path, {
    name: "shared",
    kind: "secret",
    spec: { path: "secret://shared", provider: "kubernetes" },
  });
  await seed.put(`${path}/data`, { shared: "first" });
  await page.goto(`${server.console}p/${seed.project}/secrets?edit=shared`);
  const edit = page.getByRole("dialog", { name: "Edit secret shared" });
  await edit.getByRole("textbox", { name: "Description" }).fill("Mine");
  await edit.getByRole("textbox", { name: "New value" }).fill("my value");
  await seed.put(`${path}/${made.id}`, { ...made, metadata: { ...made.metadata, description: "Theirs" } });
  await seed.put(`${path}/data`, { shared: "their value" });
  await edit.getByRole("button", { name: "Replace value" }).click();
  const conflict = edit.getByRole("region", { name: "Somebody else saved meanwhile" });
  const place = conflict.getByRole("row").filter({ hasText: "/metadata/description" });
  await expect(place).toContainText("Theirs");
  await expectAccessible(page);
  expect((await seed.get(`${path}/data?keys=shared`)).body).toEqual({ shared: "their value" });
  await place.getByRole("radio", { name: /Keep theirs/ }).check();
  await conflict.getByRole("button", { name: "Continue with this" }).click();
  await expect(edit.getByText(/anonymous saved this secret/)).toBeVisible();
  await expect(edit.getByRole("textbox", { name: "Description" })).toHaveValue("Theirs");
  await expect(edit.getByRole("textbox", { name: "New value" })).toHaveValue("my value");
  await edit.getByRole("button", { name: "Replace value" }).click();
  await expect(toast(page, "The value of shared was replaced.")).toBeVisible();
  expect((await seed.get(`${path}/data?keys=shared`)).body).toEqual({ shared: "my value" });
});
