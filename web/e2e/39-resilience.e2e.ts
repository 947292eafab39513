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
  broken = false;
  await panel.getByRole("button", { name: "Retry" }).click();
  await expect(row(page, "hello")).toBeVisible();
});

test("39 a stream that is cut goes on where it stopped: no change is missed, none is shown twice", async ({
  page,
  server,
  seed,
  context,
  guard,
}) => {
  guard.errors.push(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_IO_SUSPENDED|ERR_NETWORK_CHANGED/);
  const { id } = await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const live = page.getByRole("banner").getByText("Live", { exact: true });
  await expect(live).toBeVisible();
  const first = await seed.run("hello", id);
  const grid = page.getByRole("grid");
  await expect(grid.locator(`a[href*="${first.id}"]`)).toHaveCount(1);
  await context.setOffline(true);
  await expect(live).toHaveCount(0);
  const away = await Promise.all([seed.run("hello", id), seed.run("hello", id)]);
  await context.setOffline(false);
  await expect(live).toBeVisible({ timeout: 30_000 });
  const last = await seed.run("hello", id);
  for (const run of [first, ...away, last]) {
    const links = grid.getByRole("row").filter({ has: page.locator(`a[href*="/runs/${run.id}"]`) });
    await expect(links).toHaveCount(1);
    await expect(links).toContainText("Succeeded");
  }
  await expect(grid.getByRole("row")).toHaveCount(5);
});

test("39 what was typed stays while the server is away, and is sent when it is back", async ({
  page,
  server,
  seed,
  context,
  guard,
}) => {
  guard.errors.push(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_IO_SUSPENDED|ERR_NETWORK_CHANGED/);
  await open(page, server, `p/${seed.project}/secrets`, "Secrets");
  const live = page.getByRole("banner").getByText("Live", { exact: true });
  await expect(live).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Create" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New secret" });
  await dialog.getByRole("textbox", { name: /^Name/ }).fill("token");
  await dialog.getByRole("textbox", { name: /^Value/ }).fill("abc");
  await context.setOffline(true);
  const submit = dialog.getByRole("button", { name: "Create secret" });
  await expect(submit).toHaveAttribute("aria-disabled", "true");
  await expect(submit).toHaveAccessibleDescription(/writing waits/i);
  await submit.focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("textbox", { name: /^Value/ })).toHaveValue("abc");
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(submit).not.toHaveAttribute("aria-disabled", { timeout: 30_000 });
  await expect(dialog.getByRole("textbox", { name: /^Name/ })).toHaveValue("token");
  await submit.click();
  await expect(page.getByRole("dialog", { name: "Secret token" })).toBeVisible();
});

test("39 a server that has become another version is said, and reloading is offered", async ({
  page,
  server,
  seed,
}) => {
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "hello")).toBeVisible();
  let newer = true;
  await page.route("**/api/v1/**", async (route) => {
    if (!newer || route.request().url().includes("/events")) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), "x-api-version": "99.0.0" } });
  });
  await row(page, "hello").getByRole("button", { name: "Expand hello" }).click();
  await expect(page.getByText("The server runs a new version.")).toBeVisible();
  await expectAccessible(page);
  newer = false;
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(row(page, "hello")).toBeVisible();
  await expect(page.getByText("The server runs a new version.")).toHaveCount(0);
});

test("39 links of the console that came before lead to what they name", async ({ page, server, seed }) => {
  const ids = await seed.createVersions("hello", 2);
  const [first = ""] = ids;
  const trigger = await seed.schedule("nightly", "hello", first, "@daily");
  const to = (path: string) => page.goto(`${server.console}-/${seed.project}/${path}`);
  await to(`functions/${first}/show`);
  await expect(page).toHaveURL(new RegExp(`/p/${seed.project}/functions/hello\\?v=${first}$`));
  await expect(page.getByText("You are viewing version v1, not the latest.")).toBeVisible();
  const run = await seed.run("hello", first);
  await to(`runs/${run.id}/show`);
  await expect(page).toHaveURL(new RegExp(`/p/${seed.project}/runs/${run.id}`));
  await expect(page.getByRole("main")).toContainText("Succeeded");
  await to(`triggers/${trigger}`);
  await expect(page.getByRole("heading", { level: 1, name: "nightly" })).toBeVisible();
  const { key } = await seed.createTable("cities");
  await to(`dataitems/${key.split(":").at(-1) ?? ""}/show`);
  await expect(page.getByRole("heading", { level: 1, name: "cities" })).toBeVisible();
  const secret = await seed.post<{ id: string }>(`-/${seed.project}/secrets`, {
    name: "token",
    kind: "secret",
    spec: { path: "secret://token", provider: "kubernetes" },
  });
  await to(`secrets/${secret.id}/show`);
  await expect(page.getByRole("dialog", { name: "Secret token" })).toBeVisible();
  await to("runs");
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await to("config");
  await expect(page).toHaveURL(new RegExp(`/p/${seed.project}/settings/general$`));
  await to("");
  await expect(page.getByRole("heading", { level: 1, name: seed.project })).toBeVisible();
});

test("39 where there is nothing, the nearest list and a search for the name are offered", async ({
  page,
  server,
  seed,
}) => {
  await seed.createFunction("train");
  await open(page, server, `p/${seed.project}/functions/trainn`, "Not found");
  await expect(page.getByRole("link", { name: "Search for “trainn”" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "All functions" }).click();
  await expect(row(page, "train")).toBeVisible();
});

test("39 the bar is painted before the program is there, as it was chosen, and gives way to the page", async ({
  page,
  server,
}) => {
  const chosen = { theme: "dark", railFolded: true, locale: "it" };
  await page.addInitScript((prefs) => localStorage.setItem("dhub.prefs", prefs), JSON.stringify(chosen));
  let release = () => {};
  const held = new Promise<void>((go) => (release = go));
  await page.route(/\/assets\/start-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(server.console, { waitUntil: "commit" });
  const outline = page.locator("#first");
  const paints = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
  await expect.poll(paints).toBe(1);
  await expect(outline).toHaveText("dhub");
  await expect(outline).toHaveAttribute("aria-hidden", "true");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const [bar, rail] = [outline.locator(".first-bar"), outline.locator(".first-rail")];
  const places = [await bar.boundingBox(), await rail.boundingBox()];
  release();
  await expect(page.getByRole("heading", { level: 1, name: "Progetti" })).toBeVisible();
  await expect(outline).toHaveCount(0);
  const [banner, menu] = [page.getByRole("banner"), page.getByRole("navigation").first()];
  expect([await banner.boundingBox(), await menu.boundingBox()]).toEqual(places);
});

test("39 the policy of the page is enforced: what is no script of the server's own does not run", async ({
  page,
  server,
  guard,
  request,
}) => {
  guard.errors.push(/Content Security Policy|violates/);
  const policy = (await request.get(server.console)).headers()["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  await open(page, server, "", "Projects");
  const ran = await page.evaluate(async () => {
    const scope = globalThis as unknown as { ran?: string[] };
    scope.ran = [];
    const script = document.createElement("script");
    script.textContent = "globalThis.ran.push('inline')";
    document.body.append(script);
    const box = document.createElement("div");
    box.innerHTML = "<img src='data:,' onerror=\"globalThis.ran.push('handler')\">";
    const refused = new Promise((resolve) => {
      box.addEventListener("error", resolve, { capture: true, once: true });
    });
    document.body.append(box);
    await refused;
    return scope.ran;
  });
  expect(ran).toEqual([]);
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
    const { id } = await seed.createFunction("hello");
    await page.goto(server.url);
    await expect(page).toHaveURL(server.console);
    await page.getByRole("link", { name: "elsewhere" }).click();
    await expect(page).toHaveURL(`${server.console}p/elsewhere`);
    await page.reload();
    await page.getByRole("main").getByRole("link", { name: "hello", exact: true }).click();
    await expect(page).toHaveURL(`${server.console}p/elsewhere/functions/hello`);
    await page.getByRole("tab", { name: "Code" }).click();
    await expect(page.getByRole("textbox", { name: "Code of hello" })).toContainText("def main");
    await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
    const run = await seed.run("hello", id);
    await page.goto(`${server.console}p/elsewhere/runs/${run.id}/logs`);
    await expect(page.getByRole("region", { name: "Log of main" })).toBeVisible();
    await page.goto(`${server.console}p/elsewhere/lineage`);
    await expect(page.getByRole("heading", { level: 1, name: "Lineage" })).toBeVisible();
    expect(wrong).toEqual([]);
  } finally {
    await page.close();
    await server.stop();
  }
});
