import { expectAccessible } from "./axe.ts";
import { expect, names, open, row, test, toast } from "./steps.ts";

interface List {
  totalElements: number;
}

test("16 one version is deleted from its page, with what goes counted, and the newest left is shown", async ({
  page,
  server,
  seed,
}) => {
  const ids = await seed.createVersions("hello", 3);
  const newest = ids[2] ?? "";
  await seed.post(`-/${seed.project}/runs`, {
    kind: "python+job:run",
    spec: { function: `python://${seed.project}/hello:${newest}`, local_execution: true },
  });
  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete function hello" });
  await expect(dialog.getByRole("listitem")).toHaveText([
    "Version v3",
    "1 task",
    "1 run with its logs",
    "1 of them still runs: its process is ended",
  ]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(toast(page, "Version v3 was deleted.")).toBeVisible();
  const panel = page.getByRole("navigation", { name: "Versions" });
  await expect(panel.getByRole("link", { name: /^v\d/ })).toHaveText([/^v2/, /^v1/]);
  await expect(panel.locator("[aria-current]")).toHaveText(/^v2/);
  const versions = await seed.read<List>(`-/${seed.project}/functions?name=hello&versions=all`);
  expect(versions.totalElements).toBe(2);
  expect((await seed.read<List>(`-/${seed.project}/runs`)).totalElements).toBe(0);
});

test("16 an older version and then all of them are deleted from the page", async ({ page, server, seed }) => {
  const ids = await seed.createVersions("hello", 3);
  await seed.createFunction("train");
  await open(page, server, `p/${seed.project}/functions/hello?v=${ids[0] ?? ""}`, "hello");
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  const panel = page.getByRole("navigation", { name: "Versions" });
  await expect(panel.getByRole("link", { name: /^v\d/ })).toHaveText([/^v3/, /^v2/]);
  await expect(page).not.toHaveURL(/v=/);

  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete function hello" });
  await dialog.getByRole("radio", { name: "All versions" }).check();
  await expect(dialog.getByRole("listitem")).toHaveText(["All versions of hello", "2 versions"]);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Functions" })).toBeVisible();
  await expect(page.getByRole("link", { name: "train", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "hello", exact: true })).toHaveCount(0);
  expect((await seed.read<List>(`-/${seed.project}/functions?name=hello&versions=all`)).totalElements).toBe(0);
});

test("16 from the list all versions go with their runs, and several functions at once", async ({
  page,
  server,
  seed,
}) => {
  const ids = await seed.createVersions("hello", 2);
  await seed.createVersions("train", 1);
  await seed.createVersions("serve", 1);
  await seed.createVersions("stays", 1);
  await seed.schedule("yearly", "hello", ids[0] ?? "", "@yearly");
  expect((await seed.run("hello", ids[0] ?? "")).state).toBe("COMPLETED");
  await seed.post(`-/${seed.project}/runs`, {
    kind: "python+job:run",
    spec: { function: `python://${seed.project}/hello:${ids[1] ?? ""}`, local_execution: true },
  });
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await page.getByRole("button", { name: "More actions: hello" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete function hello" });
  await expect(dialog.getByRole("listitem")).toHaveText([
    "All versions of hello",
    "2 versions",
    "2 tasks",
    "2 runs with their logs",
    "1 of them still runs: its process is ended",
    "1 trigger that runs it stays, switched off",
  ]);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(toast(page, "1 function was deleted.")).toBeVisible();
  await expect(names(page)).toHaveText(["stays", "serve", "train"]);
  for (const left of ["runs", "tasks"])
    expect((await seed.read<List>(`-/${seed.project}/${left}`)).totalElements).toBe(0);
  expect(await seed.read(`-/${seed.project}/triggers`)).toMatchObject({ content: [{ status: { state: "STOPPED" } }] });

  await row(page, "train").getByRole("checkbox").check();
  await row(page, "serve").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Delete 2 functions" }).click();
  const both = page.getByRole("dialog", { name: "Delete 2 functions" });
  await expect(both.getByRole("listitem")).toHaveText([/train/, "2 versions"]);
  await both.getByRole("button", { name: "Delete" }).click();
  await expect(names(page)).toHaveText(["stays"]);
  expect((await seed.read<List>(`-/${seed.project}/functions?versions=all`)).totalElements).toBe(1);
});
