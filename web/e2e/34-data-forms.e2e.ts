import { expectAccessible } from "./axe.ts";
import { store } from "./data-seed.ts";
import { expect, open, row, test, toast } from "./steps.ts";

test("34 a data item is created by its address and copied", async ({ page, server, seed }) => {
  await open(page, server, `p/${seed.project}/dataitems`, "Data items");
  await page.getByRole("main").getByRole("link", { name: "Create" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "New data item" })).toBeFocused();
  await page.getByRole("radio", { name: /^Table/ }).check();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("weather");
  await page.getByRole("textbox", { name: "Path" }).fill("https://example.org/weather.csv");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "weather" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("https://example.org/weather.csv");

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Duplicate weather" })).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("weather-2");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "weather-2" })).toBeVisible();
});

test("34 the words of a version that is ready are edited, its spec stays, and its files are kept", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const preview = { rows: 1 };
  const id = await store(seed, {
    material: "dataitems",
    name: "cities",
    kind: "table",
    files: { "cities.csv": "name\nRome\n" },
    preview,
  });
  await open(page, server, `p/${seed.project}/dataitems/cities`, "cities");
  await page.getByRole("main").getByRole("link", { name: "Edit" }).click();
  await expect(page.getByText("The spec of a version that is ready stays as it is.", { exact: false })).toBeVisible();
  await page.getByRole("textbox", { name: "Description" }).fill("Towns of the world");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Update metadata" }).click();
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("Towns of the world");
  expect(calls.filter((call) => call.startsWith("PUT "))).toHaveLength(1);
  const { body } = await seed.get(`-/${seed.project}/dataitems/${id}`);
  expect(body).toMatchObject({
    id,
    status: { state: "READY", preview },
    metadata: { description: "Towns of the world" },
  });
});

test("34 one version is deleted with its files, then all versions of a name from the list", async ({
  page,
  server,
  seed,
}) => {
  const report = { material: "artifacts", name: "report", kind: "artifact", files: { "a.txt": "a" } } as const;
  await store(seed, report);
  const second = await store(seed, report);
  await store(seed, { ...report, name: "other" });
  await open(page, server, `p/${seed.project}/artifacts/report`, "report");
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete artifact report" });
  await expect(dialog.getByRole("listitem")).toHaveText(["Version v2", "1 file, 1 B"]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("navigation", { name: "Versions" }).getByRole("link")).toHaveText([/^v1/]);
  expect((await seed.get(`-/${seed.project}/artifacts/${second}`)).status).toBe(404);

  await page.getByRole("link", { name: "Artifacts" }).first().click();
  for (const name of ["report", "other"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page.getByRole("button", { name: "Delete 2 artifacts" }).click();
  const bulk = page.getByRole("dialog", { name: "Delete 2 artifacts" });
  await expect(bulk.getByRole("listitem")).toHaveText([/^All versions of/, "2 versions"]);
  await bulk.getByRole("button", { name: "Delete" }).click();
  await expect(toast(page, "2 artifacts were deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No artifacts yet" })).toBeVisible();
  await expect(row(page, "report")).toHaveCount(0);
});
