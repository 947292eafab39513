import { expectAccessible } from "./axe.ts";
import { hostile, type MadeRun, reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

/** How many elements the page holds. */
const nodes = () => document.querySelectorAll("*").length;

test("24 a log is followed, paused, searched, linked and looked into from the list", async ({ page, server, seed }) => {
  const run = await startRun(seed, await runnable(seed, "chatty", "chatty"));
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs`, run.name);
  const log = page.getByRole("region", { name: "Log of main" });
  const tools = page.getByRole("group", { name: "Logs" });
  // The end is in sight without a touch: the log is followed.
  await expect(log).toContainText(/tick \d+/);
  await expectAccessible(page);
  await log.hover();
  await page.mouse.wheel(0, -4000);
  await expect(tools).toContainText("Paused; f follows again");
  await expect(tools.getByRole("button", { name: /new lines?$/ })).toBeVisible();
  await page.keyboard.press("f");
  await expect(tools).not.toContainText("Paused");
  await expect(log).toContainText(/tick \d+/);

  await page.getByRole("searchbox", { name: "Search the log" }).fill("rocket");
  await page.keyboard.press("Enter");
  await expect(tools).toContainText("1 of 1");
  await expect(log).toContainText("a rocket \u{1F680} lifts off");
  await log.getByRole("link", { name: "Line 301" }).click();
  await expect(page).toHaveURL(/#L301$/);
  await page.reload();
  await expect(log).toContainText("a rocket \u{1F680} lifts off");

  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop", exact: true }).click();
  await reached(seed, run.id, "STOPPED");
  await expect(tools).toContainText("Complete");

  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await row(page, run.name).focus();
  await page.keyboard.press("l");
  const peek = page.getByRole("dialog", { name: `Log of ${run.name}` });
  await expect(peek.getByRole("region", { name: "Log of main" })).toContainText(/tick \d+/);
  await page.keyboard.press("Escape");
  await expect(row(page, run.name)).toBeFocused();
});

test("24 a hundred thousand lines are shown in few elements, searched, and downloaded byte by byte", async ({
  page,
  server,
  seed,
}) => {
  const run = await startRun(seed, await runnable(seed, "many", "many"));
  await reached(seed, run.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs`, run.name);
  const log = page.getByRole("region", { name: "Log of main" });
  const tools = page.getByRole("group", { name: "Logs" });
  await expect(tools).toContainText(/100[.,]001 lines/);
  await expect(log).toContainText("the last of all");
  expect(await page.evaluate(nodes)).toBeLessThan(3000);
  await page.getByRole("searchbox", { name: "Search the log" }).fill("^row 777..$");
  await expect(tools).toContainText("100 matches");
  await page.keyboard.press("Enter");
  await expect(log).toContainText("row 77700");
  await page.getByRole("button", { name: "First error" }).click();
  await expect(log).toContainText("the last of all");
  await page.getByRole("checkbox", { name: "Errors only" }).check();
  await expect(log).not.toContainText("row 99999");

  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await started).createReadStream()) chunks.push(chunk as Buffer);
  const printed = `${Array.from({ length: 100_000 }, (_, n) => `row ${n}`).join("\n")}\nERROR: the last of all\n`;
  expect(Buffer.concat(chunks).toString() === printed).toBe(true);
});

test("24 HTML, escape sequences, control characters and a line of ten megabytes are shown and never executed", async ({
  page,
  server,
  seed,
}) => {
  const script = "<script>document.title='pwned'</script>";
  const run = await seed.post<MadeRun>(`-/${seed.project}/runs`, {
    kind: "python+job:run",
    metadata: { labels: [script], description: hostile.html },
    spec: { function: await runnable(seed, "hostile", "hostile") },
  });
  await reached(seed, run.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs`, run.name);
  const log = page.getByRole("region", { name: "Log of main" });
  const tools = page.getByRole("group", { name: "Logs" });
  await expect(tools).toContainText("7 lines");
  await expect(log).toContainText("after the long line");
  expect(await page.evaluate(nodes)).toBeLessThan(3000);
  await page.getByRole("searchbox", { name: "Search the log" }).fill("a red word");
  await page.keyboard.press("Enter");
  await expect(log).toContainText(hostile.html);
  await expect(log).toContainText(hostile.red);
  await expect(log).toContainText(hostile.link);
  await expect(log.getByRole("img")).toHaveCount(0);
  await expect(log.getByRole("link", { name: hostile.link })).toHaveCount(0);
  const text = await log.innerText();
  for (const control of ["\0", "\u0007", "\b", "\u001B"]) expect(text).not.toContain(control);
  // No page survives this one but beside it: it is given up, and the page goes on.
  await page.getByRole("searchbox", { name: "Search the log" }).fill("(\\w+)+\\$\\$");
  await expect(tools).toContainText("takes too long", { timeout: 30_000 });
  await page.getByRole("searchbox", { name: "Search the log" }).fill("red w[a-z]+");
  await expect(tools).toContainText("1 match");
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Summary" }).click();
  await expect(page.getByRole("tabpanel", { name: "Summary" })).toContainText(script);
  await expect(page.getByRole("tabpanel", { name: "Summary" })).toContainText(hostile.html);
  await open(page, server, `p/${seed.project}/runs?label=${encodeURIComponent(script)}`, "Runs");
  await expect(row(page, run.name)).toBeVisible();
  expect(await page.title()).not.toContain("pwned");
});
