import { expectAccessible } from "./axe.ts";
import { startServer } from "./server.ts";
import { Seed } from "./seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("39 a server that is away is said, writing waits with a reason, and the page catches up", async ({
  page,
  server,
  seed,
  context,
  guard,
}) => {
  guard.errors.push(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_IO_SUSPENDED|ERR_NETWORK_CHANGED/);
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "hello")).toBeVisible();
  const live = page.getByRole("banner").getByText("Live", { exact: true });
  await expect(live).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("The server cannot be reached").first()).toBeVisible();
  await row(page, "hello")
    .getByRole("button", { name: /^More actions/ })
    .click();
  await expect(page.getByRole("menuitem", { name: /Delete.*writing waits/ })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await seed.createFunction("meanwhile");
  await context.setOffline(false);
  await expect(live).toBeVisible({ timeout: 30_000 });
  await expect(row(page, "meanwhile")).toHaveCount(1);
  await expect(page.getByText("The server cannot be reached")).toHaveCount(0);
});

test("39 a failed list shows the server's words, the request id and Retry", async ({ page, server, seed, guard }) => {
  guard.errors.push(/500 \(Internal Server Error\)/);
  await seed.createFunction("hello");
  let broken = true;
  await page.route("**/functions?*", async (route) => {
    if (!broken) return route.continue();
    return route.fulfill({
      status: 500,
      json: { status: 500, message: "The disk is full.", errorCode: "internal", requestId: "r-77", errors: [] },
    });
  });
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  const panel = page.getByRole("alert").filter({ hasText: "Could not load functions" });
  await expect(panel).toContainText("The disk is full.");
  await expect(panel).toContainText("r-77");
  await expectAccessible(page);
  broken = false;
  await panel.getByRole("button", { name: "Retry" }).click();
  await expect(row(page, "hello")).toBeVisible();
});

test("39 a link of the console that came before leads to the version it names", async ({ page, server, seed }) => {
  const ids = await seed.createVersions("hello", 2);
  await page.goto(`${server.console}-/${seed.project}/functions/${ids[0] ?? ""}/show`);
  await expect(page).toHaveURL(new RegExp(`/p/${seed.project}/functions/hello\\?v=${ids[0] ?? ""}$`));
  await expect(page.getByText("You are viewing version v1, not the latest.")).toBeVisible();
});

test("39 everything works under another path", async ({ browser, request }) => {
  const server = await startServer({ DHUB_CONSOLE_PATH: "/tools/dhub" });
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  page.on("response", (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
  try {
    const seed = new Seed(request, server.url, "elsewhere");
    await seed.createProject();
    await seed.createFunction("hello");
    await page.goto(server.url);
    await expect(page).toHaveURL(server.console);
    await page.getByRole("link", { name: "elsewhere" }).click();
    await expect(page).toHaveURL(`${server.console}p/elsewhere`);
    await page.reload();
    await page.getByRole("main").getByRole("link", { name: "hello", exact: true }).click();
    await expect(page).toHaveURL(`${server.console}p/elsewhere/functions/hello`);
    expect(wrong).toEqual([]);
  } finally {
    await page.close();
    await server.stop();
  }
});
