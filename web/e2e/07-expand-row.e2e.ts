import { expectAccessible } from "./axe.ts";
import { expect, open, row, test } from "./steps.ts";

test("7 a row unfolds to its five latest versions in one call, and each can be shown", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const ids = await seed.createVersions("hello", 7);
  await seed.createFunction("train");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "hello")).toBeVisible();
  expect(calls.filter((call) => call.includes("/-/")).length).toBeLessThanOrEqual(3);

  const before = calls.length;
  await row(page, "hello").getByRole("button", { name: "Expand hello" }).click();
  const versions = page.getByRole("list", { name: "Versions of hello" });
  await expect(versions.getByRole("listitem")).toHaveText([/^v7/, /^v6/, /^v5/, /^v4/, /^v3/]);
  await expect(versions.getByRole("listitem").first()).toContainText("latest");
  await expect(page.getByRole("link", { name: "all 7 versions" })).toBeVisible();
  expect(calls.slice(before).filter((call) => !call.includes("/events"))).toHaveLength(1);

  await versions.getByRole("link", { name: "Show v5" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "hello" })).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`v=${ids[4] ?? ""}`));
  await expect(page.getByText("You are viewing version v5, not the latest.")).toBeVisible();
  await page.getByRole("link", { name: "Show the latest" }).click();
  await expect(page.getByText(/not the latest/)).toHaveCount(0);
  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
});

test("7 a row unfolds by keys, and a new version of another client appears by itself", async ({
  page,
  server,
  seed,
}) => {
  await seed.createVersions("hello", 1);
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  await row(page, "hello").focus();
  await page.keyboard.press("ArrowRight");
  const versions = page.getByRole("list", { name: "Versions of hello" });
  await expect(versions.getByRole("listitem")).toHaveText([/^v1/]);
  await seed.createFunction("hello", { mark: 2 });
  await expect(versions.getByRole("listitem")).toHaveText([/^v2/, /^v1/]);
  await seed.createFunction("later");
  await expect(row(page, "later")).toBeVisible();
});

test("7 a run that ends shows in the row's history by itself", async ({ page, server, seed }) => {
  const [id] = await seed.createVersions("hello", 1);
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "hello")).toContainText("never run");
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  expect((await seed.run("hello", id ?? "")).state).toBe("COMPLETED");
  await expect(row(page, "hello").getByRole("img", { name: /^Last run: Succeeded/ })).toBeVisible();
  await page.getByRole("button", { name: /^Activity, 1 unread/ }).click();
  await expect(page.getByRole("dialog", { name: "Activity" }).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);
});
