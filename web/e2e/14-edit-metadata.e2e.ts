import { expectAccessible } from "./axe.ts";
import { expect, open, test, toast } from "./steps.ts";

interface Doc {
  id: string;
  metadata: { description?: string; labels?: string[] };
}

test("14 other words are one write to the same version; name and kind say why they stay", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const [, newest = ""] = await seed.createVersions("hello", 2, ["old"]);
  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edit hello" })).toBeVisible();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveAttribute("readonly");
  await expect(name).toHaveAccessibleDescription(/^The name stays/);
  const kind = page.getByRole("textbox", { name: "Kind" });
  await expect(kind).toHaveAttribute("readonly");
  await expect(kind).toHaveAccessibleDescription(/^The kind stays/);
  await expectAccessible(page);

  await page.getByRole("textbox", { name: "Description" }).fill("Says hello to everybody");
  await page.getByRole("button", { name: "Remove old" }).click();
  await page.getByRole("combobox", { name: "Labels" }).fill("etl");
  await page.getByRole("combobox", { name: "Labels" }).press("Enter");
  const bar = page.getByRole("region", { name: "Saving" });
  await expect(bar).toContainText("Only metadata is changed");
  await expect(bar).toContainText("/metadata/description");
  await expectAccessible(page);
  await bar.getByRole("button", { name: "Update metadata" }).click();
  await expect(toast(page, "The metadata was updated.")).toBeVisible();
  await expect(page).toHaveURL(/\/functions\/hello$/);
  await expect(page.getByRole("tabpanel", { name: "Summary" })).toContainText("Says hello to everybody");

  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([
    `PUT /api/v1/-/${seed.project}/functions/${newest}`,
  ]);
  const { content } = await seed.read<{ content: Doc[] }>(`-/${seed.project}/functions?name=hello&versions=all`);
  expect(content).toHaveLength(2);
  expect(content.find(({ id }) => id === newest)?.metadata).toMatchObject({
    description: "Says hello to everybody",
    labels: ["etl"],
  });
});
