import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

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
  ]);
  await expect(page.getByRole("tabpanel", { name: "Summary" })).toContainText(id);
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Code" }).click();
  await expect(page).toHaveURL(/tab=code/);
  await expect(page.getByRole("textbox", { name: "Code of hello" })).toContainText("def main(context");
  await expect(page.getByRole("textbox", { name: "Code of hello" })).toHaveAttribute("aria-readonly", "true");
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Spec" }).click();
  await expect(page.getByRole("textbox", { name: "Spec of hello as YAML" })).toContainText("handler: main");
  await expectAccessible(page);

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
  const rows = page.getByRole("table", { name: "Runs by Job" }).getByRole("row");
  await expect(rows).toHaveText([/State/, new RegExp(newer.name), new RegExp(older.name)]);
  await expectAccessible(page);
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
