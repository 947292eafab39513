import { expectAccessible } from "./axe.ts";
import { store } from "./data-seed.ts";
import { expect, open, row, test } from "./steps.ts";

const script = `<script>globalThis.ran = true</script><img src=x onerror="globalThis.ran = true">`;
const ran = "globalThis.ran";

test("34 a CSV with formulas and tags is shown as it is", async ({ page, server, seed }) => {
  const csv = `name,cell,"${script.replaceAll('"', '""')}"\nx,"=HYPERLINK(""http://evil.example"",""go"")",@SUM(1)\ny,+1,"${script.replaceAll('"', '""')}"\n`;
  await store(seed, {
    material: "dataitems",
    name: "odd",
    kind: "table",
    files: { "odd.csv": csv },
    labels: [script.slice(0, 40)],
  });
  await open(page, server, `p/${seed.project}/dataitems`, "Data items");
  await expect(row(page, "odd")).toContainText("<script>");
  await open(page, server, `p/${seed.project}/dataitems/odd`, "odd");
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("<script>");
  await page.getByRole("tab", { name: "Preview" }).click();
  const table = page.getByRole("table", { name: "First rows of odd" });
  await expect(table.getByRole("cell", { name: '=HYPERLINK("http://evil.example","go")' })).toBeVisible();
  await expect(table.getByRole("cell", { name: "@SUM(1)" })).toBeVisible();
  await expect(table.getByRole("cell", { name: script })).toBeVisible();
  await expect(table.getByRole("link")).toHaveCount(0);
  await expectAccessible(page);
  await table.getByRole("button", { name: /^cell\s*string/ }).click();
  await expect(page.getByRole("region", { name: "Column cell" })).toContainText("0 of 2");
  await expect(page).toHaveURL(/column=cell/);
  await expectAccessible(page);
  await page.getByRole("tab", { name: "Schema" }).click();
  await expect(page.getByRole("table", { name: "Columns of odd" }).getByRole("cell", { name: script })).toBeVisible();
  expect(await page.evaluate(ran)).toBeUndefined();
});

test("34 files with HTML, script and images are looked into and never executed", async ({ page, server, seed }) => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  await store(seed, {
    material: "artifacts",
    name: "report",
    kind: "artifact",
    files: {
      "index.html": `<!doctype html><title>x</title>${script}`,
      "img/dot.png": png,
      "img/bad.svg": `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
    },
  });
  await open(page, server, `p/${seed.project}/artifacts/report?tab=files`, "report");
  await page.getByRole("link", { name: "index.html" }).click();
  await expect(page.getByRole("region", { name: "Content of index.html" })).toContainText("<script>globalThis.ran");
  await expectAccessible(page);
  await page.getByRole("link", { name: "img", exact: true }).click();
  await expect(page).toHaveURL(/dir=img/);
  await page.getByRole("link", { name: "bad.svg" }).click();
  await expect(page.getByRole("region", { name: "Content of img/bad.svg" })).toContainText("<svg");
  await page.getByRole("link", { name: "dot.png" }).click();
  await expect(page.getByRole("img", { name: "Image dot.png" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("navigation", { name: "Folder" }).getByRole("link", { name: "report" }).click();
  await expect(page.getByRole("link", { name: "index.html" })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download index.html" }).click();
  expect((await download).suggestedFilename()).toBe("index.html");
  expect(await page.evaluate(ran)).toBeUndefined();
});
