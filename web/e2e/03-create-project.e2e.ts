import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

test("3 a project is created: its name is checked while it is typed, and it is opened", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/400 \(Bad Request\)/);
  await open(page, server, "", "Projects");
  await page.getByRole("button", { name: "New project" }).click();
  const dialog = page.getByRole("dialog", { name: "New project" });
  const name = dialog.getByRole("textbox", { name: /^Name/ });
  await expect(name).toBeFocused();

  await name.fill("Demo_1");
  await name.press("Tab");
  await expect(name).toHaveAccessibleDescription(/lowercase letters, digits and hyphens/);
  await expect(name).toHaveAttribute("aria-invalid", "true");

  await name.fill(seed.project);
  await name.press("Tab");
  await expect(name).toHaveAccessibleDescription(new RegExp(`already a project ${seed.project}`));
  await expectAccessible(page);

  const fresh = `${seed.project}-new`;
  await name.fill(fresh);
  await name.press("Tab");
  await expect(name).toHaveAccessibleDescription(`${fresh} is free.`);
  await dialog.getByRole("textbox", { name: "Description" }).fill("Made by hand");
  await dialog.getByRole("combobox", { name: "Labels" }).fill("demo");
  await dialog.getByRole("combobox", { name: "Labels" }).press("Enter");
  await page.reload();
  await dialog.getByRole("button", { name: "Restore draft" }).click();
  await expect(name).toHaveValue(fresh);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create project" }).click();

  await expect(page).toHaveURL(new RegExp(`/p/${fresh}(/|$)`));
  await expect(page.getByRole("heading", { level: 1, name: fresh })).toBeVisible();
  await expect(page.getByRole("region", { name: "Begin here" }).getByRole("listitem").first()).toContainText(
    "Create a function",
  );
  const { body } = await seed.get(`projects/${fresh}`);
  expect(body).toMatchObject({ metadata: { description: "Made by hand", labels: ["demo"] } });
});

test("3 a name without letters is refused at its field, and nothing typed is lost", async ({ page, server, guard }) => {
  guard.errors.push(/400 \(Bad Request\)/);
  await page.goto(`${server.console}?create=true`); // the dialog hides the page's heading
  const dialog = page.getByRole("dialog", { name: "New project" });
  await dialog.getByRole("textbox", { name: "Description" }).fill("Kept");
  await dialog.getByRole("button", { name: "Create project" }).click();
  await expect(dialog.getByRole("textbox", { name: /^Name/ })).toHaveAccessibleDescription(/needs a name/);
  await expect(dialog.getByRole("textbox", { name: "Description" })).toHaveValue("Kept");
});
