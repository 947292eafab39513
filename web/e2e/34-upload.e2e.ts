import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, open, row, test, toast } from "./steps.ts";

const csv = (text: string) => ({ name: "Cities 2026.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const status = (page: Page, word: string) => page.locator("header").getByText(word, { exact: true });

test("34 a CSV is uploaded: name and kind proposed, leaving warns, it ends ready, the next version is compared", async ({
  page,
  server,
  seed,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/s3\/.*Cities/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, server, `p/${seed.project}/dataitems`, "Data items");
  await page.getByRole("main").getByRole("button", { name: "Upload" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Upload a data item" });
  await dialog.getByLabel("Files").setInputFiles(csv("name,pop\nRome,2800000\nTurin,850000\n"));
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("Cities-2026");
  await expect(dialog.getByRole("combobox", { name: "Kind" })).toHaveValue("table");
  await dialog.getByRole("textbox", { name: "Name" }).fill("cities");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Upload" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "cities" })).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Uploading cities" })).toBeVisible();
  await expect(status(page, "Uploading")).toBeVisible();
  await expectAccessible(page);
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();

  release();
  await expect(status(page, "Ready")).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await page.getByRole("tab", { name: "Preview" }).click();
  const rows = page.getByRole("table", { name: "First rows of cities" }).getByRole("row");
  await expect(rows).toHaveText([/name\s*string\s*pop\s*integer/, /Rome\s*2800000/, /Turin\s*850000/]);
  await page.getByRole("tab", { name: "Schema" }).click();
  const columns = page.getByRole("table", { name: "Columns of cities" });
  await expect(columns.getByRole("row")).toHaveText([/Column/, /^namestring/, /^popinteger/]);
  await expect(page.getByText("These are the columns that its file shows")).toHaveCount(0);

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Upload a new version" }).click();
  const next = page.getByRole("dialog", { name: "Upload a new version of cities" });
  await next.getByLabel("Files").setInputFiles(csv("name,country,pop\nRome,IT,2.8\nOslo,NO,0.7\nBern,CH,0.1\n"));
  await next.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByRole("navigation", { name: "Versions" }).getByRole("link", { name: /^v/ })).toHaveText([
    /^v2/,
    /^v1/,
  ]);
  await expect(status(page, "Ready")).toBeVisible();
  await page.getByRole("tab", { name: "Schema" }).click();
  await expect(page.getByText("+1 column, 1 type changed · +1 rows")).toBeVisible();
  await expect(columns.getByRole("row", { name: /^country/ })).toContainText("added");
  await expect(columns.getByRole("row", { name: /^pop/ })).toContainText("integer → number");
  await expectAccessible(page);

  const item = await seed.get(`-/${seed.project}/dataitems?name=cities`);
  const { content } = item.body as { content: { spec: unknown; status: Record<string, unknown> }[] };
  expect(content[0]?.status).toMatchObject({
    state: "READY",
    preview: { rows: 3 },
    files: [{ name: "Cities 2026.csv" }],
  });
  await page.getByRole("link", { name: "Data items" }).first().click();
  await expect(row(page, "cities")).toContainText("Ready");
});

test("34 a part that fails is sent again alone", async ({ page, server, seed, guard }) => {
  guard.errors.push(/Failed to load resource: net::ERR_FAILED/);
  const sent: string[] = [];
  page.on("request", (request) => {
    const part = new URL(request.url()).searchParams.get("partNumber");
    if (part !== null && request.url().includes("/s3/")) sent.push(part);
  });
  await page.route(/\/s3\/.*partNumber=2/, (route) => route.abort(), { times: 1 });
  const size = 11 * 1024 * 1024;
  await page.goto(`${server.console}p/${seed.project}/artifacts?upload=true`);
  const dialog = page.getByRole("dialog", { name: "Upload an artifact" });
  await dialog.getByLabel("Files").setInputFiles({
    name: "big.bin",
    mimeType: "application/octet-stream",
    buffer: Buffer.alloc(size, 7),
  });
  await dialog.getByRole("button", { name: "Upload" }).click();
  const failed = page.getByRole("alert").filter({ hasText: "Part 2 of 3 of big.bin was not sent" });
  await expect(failed).toContainText("The server could not be reached. Retry sends only what is missing.");
  await expectAccessible(page);
  // What is edited while the files are on their way stays.
  type Found = { content: { id: string; metadata: object; status: { files: { size: number }[] } }[] };
  const found = async () => (await seed.read<Found>(`-/${seed.project}/artifacts?name=big`)).content[0];
  const big = await found();
  const metadata = { ...big?.metadata, description: "edited meanwhile" };
  await seed.put(`-/${seed.project}/artifacts/${big?.id ?? ""}`, { ...big, metadata });
  await failed.getByRole("button", { name: "Retry" }).click();
  await expect(status(page, "Ready")).toBeVisible();
  expect(sent).toEqual(["1", "2", "2", "3"]);
  const done = await found();
  expect(done?.status.files.map((file) => file.size)).toEqual([size]);
  expect(done?.metadata).toMatchObject({ description: "edited meanwhile" });
});

test("34 an upload that is given up says so, and its files can be sent again", async ({ page, server, seed }) => {
  await page.route(/\/s3\/.*notes/, () => {}, { times: 1 }); // the first is never answered
  await page.goto(`${server.console}p/${seed.project}/artifacts?upload=true`);
  const dialog = page.getByRole("dialog", { name: "Upload an artifact" });
  const file = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("remember") };
  await dialog.getByLabel("Files").setInputFiles(file);
  await dialog.getByRole("button", { name: "Upload" }).click();
  await page.getByRole("button", { name: "Cancel the upload" }).click();
  await expect(status(page, "Failed")).toBeVisible();
  await expect(page.getByText("The upload was cancelled.")).toBeVisible();
  await expect(page.getByText("The upload of this version was broken off")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").locator("input[type=file]").setInputFiles(file);
  await expect(status(page, "Ready")).toBeVisible();
  await page.getByRole("tab", { name: "Files" }).click();
  await page.getByRole("link", { name: "notes.txt" }).click();
  await expect(page.getByRole("region", { name: "Content of notes.txt" })).toHaveText("remember");
  await expect(toast(page, "failed")).toHaveCount(0);
});

test("34 a Parquet file is read by the browser, in ranges", async ({ page, server, seed }) => {
  const ranges: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "GET" && /\/s3\//.test(request.url())) ranges.push(request.headers()["range"] ?? "all");
  });
  await page.goto(`${server.console}p/${seed.project}/dataitems?upload=true`);
  const dialog = page.getByRole("dialog", { name: "Upload a data item" });
  await dialog
    .getByLabel("Files")
    .setInputFiles(join(import.meta.dirname, "../src/features/materials/testdata/cities.parquet"));
  await expect(dialog.getByRole("combobox", { name: "Kind" })).toHaveValue("table");
  await dialog.getByRole("button", { name: "Upload" }).click();
  await expect(status(page, "Ready")).toBeVisible();
  await page.getByRole("tab", { name: "Preview" }).click();
  const table = page.getByRole("table", { name: "First rows of cities" });
  await expect(table.getByRole("row", { name: /^Rome/ })).toContainText('["a","=1+1"]');
  await expect(table.getByRole("row")).toHaveCount(4);
  expect(ranges.length).toBeGreaterThan(0);
  expect(ranges.every((range) => range.startsWith("bytes="))).toBe(true);
  await expectAccessible(page);
  await page.getByRole("tab", { name: "Schema" }).click();
  await expect(
    page.getByRole("table", { name: "Columns of cities" }).getByRole("row", { name: /^founded/ }),
  ).toContainText("date");
});
