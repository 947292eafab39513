import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, test } from "./steps.ts";

const numberOf = (page: Page) => page.getByRole("link", { name: "Line 250", exact: true });

test("1 a link to a line of a run's log leads to that line, in a window that was never open before", async ({
  page,
  server,
  seed,
  browser,
}) => {
  const code = 'def main():\n    for i in range(1, 401):\n        print(f"row {i} of 400")\n';
  const { id } = await seed.createFunction("count", { code });
  const run = await seed.run("count", id);
  expect(run.state).toBe("COMPLETED");
  const log = `${server.console}p/${seed.project}/runs/${run.id}/logs`;
  await page.goto(log);
  await expect(page.getByText("row 400 of 400")).toBeVisible();
  await expect(numberOf(page)).not.toBeInViewport(); // the end of the log is in sight

  await page.goto("about:blank");
  await page.goto(`${log}#L250`);
  await expect(numberOf(page)).toBeInViewport();
  await expect(page.getByText("row 400 of 400")).not.toBeInViewport();
  await expectAccessible(page);
  await page.reload();
  await expect(numberOf(page)).toBeInViewport();
  await expect(page).toHaveURL(`${log}#L250`);

  const other = await browser.newPage();
  await other.goto(`${log}#L250`);
  await expect(numberOf(other)).toBeInViewport();
  await other.close();
});
