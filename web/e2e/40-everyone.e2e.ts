import { all, expectAccessible } from "./axe.ts";
import { en } from "../src/i18n/en.ts";
import { it } from "../src/i18n/it.ts";
import { expect, open, row, test } from "./steps.ts";

test("40 in a window of 320 px the menu leads on", async ({ page, server, seed }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, server, `p/${seed.project}`, seed.project);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("navigation", { name: "Navigation" }).getByRole("link", { name: "Functions" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Functions" })).toBeFocused();
});

test("40 Italian speaks Italian, and the choice stays", async ({ page, server, seed }) => {
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions`, en.functions.title);
  await page.getByRole("button", { name: en.app.prefs.account }).click();
  await page.getByRole("menuitemradio", { name: "Italiano" }).click();
  await expect(page.getByRole("heading", { level: 1, name: it.functions.title })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("searchbox", { name: it.functions.searchLabel })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "it");
  await expect(row(page, "hello")).toBeVisible();
  const text = await page.getByRole("main").innerText();
  for (const english of [
    en.functions.updated,
    en.functions.show,
    en.functions.noRuns,
    en.ui.actions,
    en.functions.labels,
  ])
    expect(text).not.toContain(english);
});

test("40 the palette jumps by letters, with the keyboard alone", async ({ page, server, seed }) => {
  await seed.createVersions("hello-world", 1);
  await seed.createFunction("train");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "train")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("hwor");
  await expect(page.getByRole("option", { selected: true })).toContainText("hello-world");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "hello-world" })).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await expect(page.getByRole("heading", { level: 1, name: "Functions" })).toBeFocused();
});

test("40 forced colours and reduced motion lose nothing", async ({ page, server, seed }) => {
  const [id] = await seed.createVersions("hello", 1);
  await seed.run("hello", id ?? "");
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  for (const [path, heading] of [
    ["", seed.project],
    ["/functions/hello", "hello"],
    ["/runs", "Runs"],
    ["/lineage", "Lineage"],
    ["/new/function", "New function"],
  ] as const) {
    await open(page, server, `p/${seed.project}${path}`, heading);
    // What waits for a late answer is drawn after a moment without one, which counts as an animation that ends.
    await expect
      .poll(() => page.evaluate(() => document.getAnimations().filter((each) => each.playState === "running").length))
      .toBe(0);
    await expectAccessible(page, all);
  }
});

test("40 the pages of a project speak Italian", async ({ page, server, seed }) => {
  await seed.createFunction("hello");
  await page.addInitScript(() => localStorage.setItem("dhub.prefs", JSON.stringify({ locale: "it" })));
  for (const [path, heading, english] of [
    ["", seed.project, [en.overview.begin, en.overview.holds, en.overview.next, en.overview.usage]],
    ["/templates", it.templates.title, [en.templates.help, en.templates.details]],
    ["/lineage", it.lineage.title, [en.lineage.fold]],
    ["/runs", it.runs.title, [en.runs.emptyTitle]],
    ["/new/function", it.functions.newTitle, [en.functions.newTitle]],
  ] as const) {
    await open(page, server, `p/${seed.project}${path}`, heading);
    await expect(page.getByRole("status", { name: it.ui.loading })).toHaveCount(0);
    const text = await page.getByRole("main").innerText();
    for (const word of english) expect(text).not.toContain(word);
    expect(text).not.toMatch(/\b(fields|forms|ui|app)\.[a-z]+/);
  }
});
