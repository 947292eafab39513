import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

test("39 the server ends and begins again: the page says so, keeps what is typed, and goes on without gap or doubling", async ({
  page,
  server,
  seed,
  context,
  guard,
}) => {
  guard.errors.push(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/);
  const { id } = await seed.createFunction("hello");
  const first = await seed.run("hello", id);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const live = page.getByRole("banner").getByText("Live", { exact: true });
  await expect(live).toBeVisible();
  const form = await context.newPage();
  await open(form, server, `p/${seed.project}/functions/hello/edit`, "Edit hello");
  await expect(form.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();

  await server.halt();
  await expect(page.getByText("The server cannot be reached").first()).toBeVisible();
  await form.getByRole("textbox", { name: "Description" }).fill("Typed while nobody listened");
  const save = form.getByRole("button", { name: "Update metadata" });
  await expect(save).toHaveAttribute("aria-disabled", "true");
  await expect(save).toHaveAccessibleDescription(/writing waits/i);
  await expectAccessible(form);

  await server.again();
  await expect(live).toBeVisible({ timeout: 30_000 });
  const second = await seed.run("hello", id);
  const rows = page.getByRole("grid").getByRole("row");
  for (const run of [first, second]) {
    const its = rows.filter({ has: page.locator(`a[href*="/runs/${run.id}"]`) });
    await expect(its).toHaveCount(1);
    await expect(its).toContainText("Succeeded");
  }
  await expect(rows).toHaveCount(3);
  await expect(save).not.toHaveAttribute("aria-disabled", { timeout: 30_000 });
  await expect(form.getByRole("textbox", { name: "Description" })).toHaveValue("Typed while nobody listened");
  await save.click();
  await expect(form.getByRole("tabpanel", { name: "Summary" })).toContainText("Typed while nobody listened");
});
