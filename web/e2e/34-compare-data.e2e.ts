import { expectAccessible } from "./axe.ts";
import { store } from "./data-seed.ts";
import { expect, open, test } from "./steps.ts";

const field = (name: string, type: string) => ({ name, type });

test("34 two versions of a data item show what became of columns, rows, files and words, under a link", async ({
  page,
  browser,
  server,
  seed,
}) => {
  const table = { material: "dataitems", name: "cities", kind: "table" } as const;
  const older = await store(seed, {
    ...table,
    files: { "cities.csv": "name,pop,old\nRome,10,x\nTurin,20,y\n" },
    spec: { schema: { fields: [field("name", "string"), field("pop", "integer"), field("old", "string")] } },
    preview: { rows: 2 },
  });
  const newer = await store(seed, {
    ...table,
    files: { "cities.csv": "name,pop,country\nRome,2.5,IT\nTurin,0.9,IT\nOslo,0.7,NO\n" },
    spec: { schema: { fields: [field("name", "string"), field("pop", "number"), field("country", "string")] } },
    labels: ["geo"],
    preview: { rows: 3 },
  });
  await open(page, server, `p/${seed.project}/dataitems/cities`, "cities");
  await page.getByRole("link", { name: "Compare with v1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare versions of cities" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`a=${older}&b=${newer}`));

  const part = (name: string) => page.getByRole("region", { name, exact: true });
  await expect(part("Schema")).toContainText("+1 column, −1 column, 1 type changed · +1 rows");
  const columns = page.getByRole("table", { name: "Columns that differ" });
  await expect(columns.getByRole("row", { name: /^country/ })).toContainText("added");
  await expect(columns.getByRole("row", { name: /^old/ })).toContainText("removed");
  await expect(columns.getByRole("row", { name: /^pop/ })).toContainText("integer → number");
  const facts = page.getByRole("table", { name: "Facts that differ" });
  await expect(facts.getByRole("row", { name: /^Rows/ }).getByRole("cell")).toHaveText(["2", "3+1"]);
  await expect(facts.getByRole("row", { name: /^pop · Most/ }).getByRole("cell")).toHaveText(["20", "2.5−17.5"]);
  await expect(part("First rows").getByRole("textbox", { name: "First rows, v2" })).toContainText("Oslo | 0.7 | NO");
  await expect(part("Metadata")).toContainText("+2 −1 lines");
  await expect(part("Spec")).toContainText("the same");

  const other = await browser.newContext();
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await expect(theirs.getByRole("region", { name: "Schema", exact: true })).toContainText("1 type changed");
  await other.close();
  await page.getByRole("button", { name: "Swap the two" }).click();
  await expect(columns.getByRole("row", { name: /^old/ })).toContainText("added");

  await page.setViewportSize({ width: 320, height: 640 });
  expect(
    await page.evaluate(() => [document.documentElement.scrollWidth, document.querySelector("main")?.scrollWidth]),
  ).toEqual([320, 320]);
  await expectAccessible(page);
  await page.getByRole("link", { name: "New version from v1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New version of cities" })).toBeVisible();
});

test("34 a comparison of an artifact shows its files, of one version alone what is missing, of another name nothing", async ({
  page,
  server,
  seed,
  guard,
}) => {
  const report = { material: "artifacts", name: "report", kind: "artifact" } as const;
  await store(seed, { ...report, files: { "a.txt": "a", "b.txt": "b" } });
  await page.addInitScript(() => localStorage.setItem("dhub.prefs", JSON.stringify({ locale: "it" })));
  await open(page, server, `p/${seed.project}/artifacts/report/compare`, "Confronta le versioni di report");
  await expect(page.getByRole("heading", { name: "Una versione e se stessa" })).toBeVisible();
  await expectAccessible(page);
  await store(seed, { ...report, files: { "a.txt": "a longer text", "c.txt": "c" } });
  const lone = await store(seed, { ...report, name: "other", files: { "a.txt": "a" } });
  await open(page, server, `p/${seed.project}/artifacts/report/compare`, "Confronta le versioni di report");
  const files = page.getByRole("region", { name: "File", exact: true });
  await expect(files).toContainText("+2 −2 righe");
  await expect(files.getByRole("textbox", { name: "File, v2" })).toContainText("c.txt");
  await expect(page.getByRole("region", { name: "Prime righe", exact: true })).toHaveCount(0);
  await expectAccessible(page);
  guard.errors.push(/404/);
  await page.goto(`${server.console}p/${seed.project}/artifacts/report/compare?b=${lone}`);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Confronta le versioni di report");
});
