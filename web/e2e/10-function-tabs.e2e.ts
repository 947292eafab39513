import { expectAccessible } from "./axe.ts";
import { asked, expect, open, row, test } from "./steps.ts";

interface Doc {
  id: string;
  metadata: { updated: string };
}

test("10 a function has a tab for its code, its spec and each action of its kind, and reading writes nothing", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const { id } = await seed.createFunction("hello");
  const config = await seed.read<{ kinds: { entity: string; kind: string; actions: string[] }[] }>("console/config");
  const actions = config.kinds.find((kind) => kind.entity === "function" && kind.kind === "python")?.actions ?? [];
  expect(actions).toContain("job");
  const before = await seed.read<Doc>(`-/${seed.project}/functions/${id}`);

  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  const tabs = page.getByRole("tab");
  await expect(tabs).toHaveText([
    "Summary",
    "Code",
    "Spec",
    ...actions.toSorted().map((action) => new RegExp(`^${action}$`, "i")),
    "Triggers 0",
    "Lineage",
  ]);
  await expect(page.getByRole("tabpanel", { name: "Summary" })).toContainText(id);

  await page.getByRole("tab", { name: "Code" }).click();
  await expect(page).toHaveURL(/tab=code/);
  await expect(page.getByRole("textbox", { name: "Code of hello" })).toContainText("def main(context");
  await expect(page.getByRole("textbox", { name: "Code of hello" })).toHaveAttribute("aria-readonly", "true");

  await page.getByRole("tab", { name: "Spec" }).click();
  await expect(page.getByRole("textbox", { name: "Spec of hello as YAML" })).toContainText("handler: main");

  await page.getByRole("tab", { name: "Job" }).click();
  await expect(page.getByRole("heading", { name: "No Job runs yet" })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("tab", { name: "Job" })).toHaveAttribute("aria-selected", "true");

  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
  const after = await seed.read<Doc>(`-/${seed.project}/functions/${id}`);
  expect(after).toEqual(before);
});

test("10 the tab of an action lists the runs of every version", async ({ page, server, seed }) => {
  const [first = "", second = ""] = await seed.createVersions("hello", 2);
  const run = (id: string) =>
    seed.post<{ id: string; name: string }>(`-/${seed.project}/runs`, {
      kind: "python+job:run",
      spec: { function: `python://${seed.project}/hello:${id}`, local_execution: true },
    });
  const older = await run(first);
  const newer = await run(second);
  await open(page, server, `p/${seed.project}/functions/hello?tab=job`, "hello");
  const rows = page.getByRole("grid", { name: "Runs by Job" }).getByRole("row");
  await expect(rows).toHaveText([/State/, new RegExp(newer.name), new RegExp(older.name)]);
});

test("10 the defaults of an action are edited in its tab, and its runs begin with them", async ({
  page,
  server,
  seed,
}) => {
  const { id } = await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions/hello?tab=job`, "hello");
  const card = page.getByRole("region", { name: "Defaults of Job" });
  await expect(card).toContainText("Nothing is set");
  await card.getByRole("button", { name: "Edit defaults" }).click();
  const dialog = page.getByRole("dialog", { name: "Defaults of Job" });
  await dialog.getByText("Resources", { exact: true }).first().click();
  await dialog.getByRole("textbox", { name: "Memory" }).fill("64Mi");
  await expectAccessible(page);
  await page.reload();
  await card.getByRole("button", { name: "Edit defaults" }).click();
  await dialog.getByRole("button", { name: "Restore draft" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText(/resources\.mem.* 64Mi/);
  const made = await seed.post<{ id: string }>(`-/${seed.project}/runs`, {
    kind: "python+job:run",
    spec: { function: `python://${seed.project}/hello:${id}`, local_execution: true },
  });
  const run = await seed.read<{ spec: { resources?: unknown } }>(`-/${seed.project}/runs/${made.id}`);
  expect(JSON.stringify(run.spec.resources)).toContain("64Mi");
});

test("10 the summary tells how runs fared, and the tabs beside it what runs the function and what came of it", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const code = "def main(context, fail: bool = False):\n    if fail:\n        raise ValueError('no such column')\n";
  const { id } = await seed.createFunction("hello", { code, labels: ["etl"] });
  await seed.schedule("nightly", "hello", id, "0 3 * * *");
  const good = await seed.run("hello", id);
  const bad = await seed.run("hello", id, { parameters: { fail: true } });

  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  const history = page.getByRole("region", { name: "Run history" });
  await expect(history.getByRole("img", { name: /^Last 2 runs: Succeeded .+ and Failed / })).toBeVisible();
  await expect(history).toContainText("1 of 2 (50%)");
  await expect(history.getByText("95th percentile")).toBeVisible();
  await expect(page.getByRole("region", { name: "Definition" })).toContainText("PYTHON3_11");
  await expect(page.getByRole("main").getByText("last run")).toBeVisible();
  await expect(page.getByRole("main").getByText("etl").first()).toBeVisible();
  const latest = page.getByRole("grid", { name: "Latest runs" });
  await expect(latest.getByRole("row")).toHaveText([/State/, /Failed.*no such column/, /Succeeded/]);
  expect(asked(calls).length).toBeLessThanOrEqual(3);
  await expectAccessible(page);

  await latest.getByRole("row").nth(1).getByRole("button", { name: /^More/ }).click();
  await expect(page.getByRole("menuitem")).toHaveText([/Show/, /Logs/, /Inspector/, /Clone/, /Stop/, /Copy/, /Delete/]);
  await page.getByRole("menuitem", { name: /Inspector/ }).click();
  await expect(page.getByRole("dialog", { name: "Inspector" })).toContainText(bad.id);
  await page.keyboard.press("Escape");
  await latest.getByRole("row").nth(1).getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: /Logs/ }).click();
  await expect(page.getByRole("dialog")).toContainText("no such column");
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: "Triggers 1" }).click();
  const triggers = page.getByRole("grid", { name: "Triggers" });
  await expect(triggers.getByRole("link", { name: "nightly", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Create trigger" })).toHaveAttribute("href", /function=hello/);
  await triggers.getByRole("switch").click();
  await expect(triggers.getByRole("switch")).toHaveAttribute("aria-checked", "false");

  await page.getByRole("tab", { name: "Lineage" }).click();
  const lineage = page.getByRole("table", { name: "Lineage" });
  await expect(lineage.getByRole("link")).toHaveCount(2);
  await expect(lineage.getByRole("link").first()).toHaveAttribute("href", new RegExp(`${good.id}|${bad.id}`));
  await expect(lineage.getByRole("cell", { name: "executed by" })).toHaveCount(2);

  for (const tab of ["summary", "job", "triggers", "lineage"]) {
    calls.length = 0;
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${server.console}p/${seed.project}/functions/hello?tab=${tab}`);
    await expect(page.getByRole("tabpanel").getByRole("link").first()).toBeVisible();
    await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
    expect(asked(calls).length, tab).toBeLessThanOrEqual(3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), tab).toBeLessThanOrEqual(320);
  }
});

test("10 in the list e edits and r runs the row in focus", async ({ page, server, seed }) => {
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await row(page, "hello").focus();
  await page.keyboard.press("e");
  await expect(page.getByRole("heading", { level: 1, name: "Edit hello" })).toBeVisible();
  await page.goBack();
  await row(page, "hello").focus();
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Run hello" })).toBeVisible();
});
