import { expectAccessible } from "./axe.ts";
import { expect, open, row, test, toast } from "./steps.ts";

test("what a project holds is found by words and filters, runs too; the URL holds them", async ({
  page,
  server,
  seed,
}) => {
  const { id } = await seed.createFunction("train", { labels: ["ml"] });
  await seed.createFunction("trainer");
  await seed.createTable("train-data");
  const run = await seed.run("train", id);
  await open(page, server, `p/${seed.project}/search`, "Search");
  await expect(page.getByText("Without words, what changed last comes first.")).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("train");
  await expect(page).toHaveURL(/q=train/);
  const grid = page.getByRole("grid", { name: "Results" });
  await expect(grid.getByRole("row")).toHaveCount(5);
  await expect(row(page, "trainer").locator("mark")).toHaveText(["train"]);
  const byType = page.getByRole("list", { name: "Hits by type" });
  await expect(byType.getByRole("listitem")).toHaveText(["Functions 2", "Runs 1", "Data items 1"]);
  await byType.getByRole("button", { name: "Runs 1" }).click();
  await expect(page).toHaveURL(/type=run/);
  await expect(grid.getByRole("row")).toHaveCount(2);
  await page.reload();
  await expect(grid.getByRole("row")).toHaveCount(2);
  await grid.getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.id}`));
  await page.goBack();
  await page.getByRole("button", { name: "Remove filter Type" }).click();
  await page.getByRole("button", { name: /^Label/ }).click();
  await page.getByRole("combobox", { name: "Label" }).fill("ml");
  await page.getByRole("combobox", { name: "Label" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(grid.getByRole("row")).toHaveCount(2);
  await row(page, "train").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name: "train" })).toBeVisible();
});

test("what was found is shown as text, in every project", async ({ page, server, seed }) => {
  await seed.post(`-/${seed.project}/functions`, {
    name: "markup",
    kind: "python",
    metadata: { name: "markup", description: `<img src=x onerror=alert(1)> & "zebra" ${seed.project}` },
    spec: { source: { base64: "", handler: "main", lang: "python" }, python_version: "PYTHON3_11" },
  });
  await open(page, server, `search?q=zebra+${seed.project}`, "Search");
  await expect(row(page, "markup")).toContainText(`<img src=x onerror=alert(1)> & "zebra" ${seed.project}`);
  await expect(row(page, "markup").locator("mark").first()).toHaveText("zebra");
  await expect(row(page, "markup").getByRole("link", { name: seed.project })).toBeVisible();
});

test("the palette finds anything by the server, searches on, and makes new things", async ({ page, server, seed }) => {
  const { id } = await seed.createFunction("train");
  const { id: run } = await seed.run("train", id);
  await seed.createTable("cities");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "train")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type(run.slice(0, 12));
  await expect(page.getByRole("group", { name: "In this project" }).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/runs/${run}`));
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("group", { name: "Recent" }).getByRole("option")).toHaveCount(1);
  await page.keyboard.type("cit");
  await expect(page.getByRole("option", { name: /^cities/ })).toBeVisible();
  await page.getByRole("option", { name: "Search for “cit”" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue("cit");
  await expect(row(page, "cities")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new sec");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New secret" })).toBeVisible();
});

test("a project's settings are changed, also when another changed them meanwhile", async ({ page, server, seed }) => {
  await open(page, server, `p/${seed.project}/settings`, "Settings");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveAttribute("readonly");
  await page.getByRole("textbox", { name: "Description" }).fill("Ours");
  await page.reload();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue("Ours");
  const { body: doc } = await seed.get(`projects/${seed.project}`);
  await seed.put(`projects/${seed.project}`, { ...(doc as object), metadata: { description: "Theirs" } });
  await page.getByRole("textbox", { name: "Default files store" }).fill("s3://lake");
  await page.getByRole("button", { name: "Save" }).click();
  const both = page.getByRole("table", { name: "Differences" });
  await expect(both.getByRole("row").filter({ hasText: "Description" })).toContainText(/Ours.*Theirs/s);
  await expect(both.getByRole("row").filter({ hasText: "s3://lake" })).toContainText("Default files store");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue with this" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(toast(page, `Project ${seed.project} was saved.`)).toBeVisible();
  const saved = await seed.get(`projects/${seed.project}`);
  expect(saved.body).toMatchObject({
    metadata: { description: "Ours" },
    spec: { config: { default_files_store: "s3://lake" } },
  });
});

test("labels are renamed, merged and removed on every version and run at once", async ({ page, server, seed }) => {
  const { id } = await seed.createFunction("train", { labels: ["etl", "ml"] });
  await seed.createFunction("report", { labels: ["ETL"] });
  const run = await seed.run("train", id);
  await seed.post(`-/${seed.project}/runs/bulk`, { action: "label", ids: [run.id], add: ["etl"] });
  await open(page, server, `p/${seed.project}/settings`, "Settings");
  await page.getByRole("tab", { name: "Labels" }).click();
  await expect(page).toHaveURL(/settings\/labels/);
  const labels = page.getByRole("list", { name: "Labels" }).getByRole("listitem");
  await expect(labels).toHaveText(["ETL1 item", "etl1 item1 run", "ml1 item"]);
  await page.getByRole("button", { name: "Rename ml" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename ml" });
  await dialog.getByRole("textbox", { name: "New name" }).fill("models");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(labels).toHaveText(["ETL1 item", "etl1 item1 run", "models1 item"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(labels).toHaveText(["ETL1 item", "etl1 item1 run", "ml1 item"]);
  await page.getByRole("button", { name: "Rename etl", exact: true }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("ETL");
  await expect(page.getByText("ETL is in use: the two become one")).toBeVisible();
  await page.getByRole("button", { name: "Merge" }).click();
  await expect(labels).toHaveText(["ETL2 items1 run", "ml1 item"]);
  await page.getByRole("searchbox", { name: "Labels that begin with" }).fill("m");
  await expect(labels).toHaveText(["ml1 item"]);
  await page.getByRole("button", { name: "Rename ml" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("ETL");
  await expect(page.getByText("ETL is in use: the two become one")).toBeVisible();
  await page.getByRole("textbox", { name: "New name" }).fill("a,b");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Rename" })).toHaveAccessibleDescription(
    /^A comma/,
  );
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove ml everywhere" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No label begins with “m”.")).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await labels.getByRole("link", { name: "1 run" }).click();
  await expect(page).toHaveURL(/runs\?label=ETL/);
  await expect(page.getByRole("grid").getByRole("row")).toHaveCount(2);
});

test("limits are read, saved things are kept and thrown away, and the project is deleted", async ({
  page,
  server,
  seed,
}) => {
  await seed.createFunction("train");
  await seed.post(`-/${seed.project}/views`, { name: "Broken", page: "runs", query: "state=ERROR" });
  await seed.post(`-/${seed.project}/presets`, {
    name: "small",
    function: "train",
    kind: "python+job:run",
    spec: { parameters: { epochs: 1 } },
  });
  await open(page, server, `p/${seed.project}/settings`, "Settings");
  await page.getByRole("tab", { name: "Limits" }).click();
  await expect(page.getByRole("region", { name: "Limits" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Profiles" })).toBeVisible();
  await page.getByRole("tab", { name: "Presets and views" }).click();
  await expect(page).toHaveURL(/settings\/saved/);
  await expect(page.getByRole("list", { name: "Presets" })).toContainText("small");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Delete small" }).click();
  await expect(page.getByText("None yet. Save one in the form of a run.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("list", { name: "Presets" })).toContainText("small");
  await page.getByRole("link", { name: "Broken" }).click();
  await expect(page).toHaveURL(/\/runs\?state=ERROR/);
  await open(page, server, `p/${seed.project}/settings/danger`, "Settings");
  await page.getByRole("button", { name: "Delete project" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete project ${seed.project}` });
  await expect(dialog.getByRole("listitem")).toHaveText(["1 function with all versions"]);
  await dialog.getByRole("textbox").fill(seed.project);
  await dialog.getByRole("button", { name: "Delete project" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  expect((await seed.get(`projects/${seed.project}`)).status).toBe(404);
});

test("the account says who one is; what is chosen takes effect at once and stays", async ({ page, server, seed }) => {
  await open(page, server, "", "Projects");
  await page.getByRole("button", { name: "Account and preferences" }).click();
  await page.getByRole("menuitem", { name: "Account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Account" })).toBeVisible();
  await expect(page.getByText("Nobody signs in on this server")).toBeVisible();
  await expect(page.getByRole("link", { name: seed.project })).toBeVisible();
  await page.getByRole("tab", { name: "Appearance" }).click();
  await expect(page.getByText(/^Now is .*GMT\+[12]$/)).toBeVisible();
  await page.getByRole("radio", { name: "UTC" }).check();
  await expect(page.getByText(/^Now is .*UTC$/)).toBeVisible();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("radio", { name: "Italiano" }).check();
  await expect(page.getByRole("tab", { name: "Aspetto" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: "Scuro" })).toBeChecked();
});
