import { readFileSync } from "node:fs";
import { expectAccessible } from "./axe.ts";
import { Seed } from "./seed.ts";
import { expect, open, test } from "./steps.ts";

interface Doc {
  id: string;
  name: string;
  kind: string;
  spec: Record<string, unknown>;
  metadata: Record<string, unknown>;
  status: Record<string, unknown>;
}

test("13 all documents of a project are exported, and imported into another with what points at them", async ({
  page,
  server,
  seed,
  request,
}) => {
  await seed.createFunction("hello", { code: "def main():\n    return 0\n" });
  const made = await seed.createFunction("hello", { labels: ["demo"] });
  const task = await seed.post<Doc>(`-/${seed.project}/tasks`, {
    kind: "python+job",
    spec: { function: `python://${seed.project}/hello:${made.id}`, resources: { mem: "64Mi" } },
  });
  await seed.post(`-/${seed.project}/triggers`, {
    name: "nightly",
    kind: "scheduler",
    spec: {
      schedule: "@daily",
      task: `python+job://${seed.project}/${task.id}`,
      function: `python://${seed.project}/hello:${made.id}`,
      template: {},
    },
  });
  const other = new Seed(request, server.url, `${seed.project}-copy`);
  await other.createProject();

  await open(page, server, `p/${seed.project}`, seed.project);
  await page.getByRole("main").getByRole("button", { name: "More actions" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export all as YAML" }).click(),
  ]);
  const path = await download.path();
  await page.getByRole("main").getByRole("button", { name: "More actions" }).click();
  const [whole] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export every version as YAML" }).click(),
  ]);
  expect(readFileSync(await whole.path(), "utf8").match(/^name: "?hello"?$/gm)).toHaveLength(2);
  expect(readFileSync(path, "utf8").match(/^name: "?hello"?$/gm)).toHaveLength(1);

  await page.goto(`${server.console}p/${other.project}?import=true`);
  const dialog = page.getByRole("dialog", { name: "Import" });
  const editor = dialog.getByRole("textbox", { name: "Documents, YAML" });
  const broken = "kind: python\nname: f\n---\nkind: [python\nname: g\n";
  await editor.fill(broken);
  await expect(dialog.getByRole("alert")).toContainText(/Line [45]: /);
  await expect(editor).toContainText("name: g");
  await expect(dialog.getByRole("button", { name: "Import", exact: true })).toHaveAccessibleDescription(
    "Mend the text first.",
  );
  await expectAccessible(page);

  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog.getByRole("button", { name: "Choose a file…" }).click(),
  ]);
  await chooser.setFiles(path);
  await expect(dialog.getByRole("region", { name: "What will be made" }).getByRole("listitem")).toHaveText([
    /^Function hello/,
    /^Trigger nightly/,
  ]);
  await expect(dialog.getByRole("checkbox", { name: "Switch triggers on" })).not.toBeChecked();
  await dialog.getByRole("button", { name: "Import 2 things" }).click();
  const result = dialog.getByRole("status", { name: "What became of it" });
  await expect(result).toContainText("2 of 2 imported.");
  await expectAccessible(page);

  const [copy] = (await seed.read<{ content: Doc[] }>(`-/${other.project}/functions`)).content;
  const original = await seed.read<Doc>(`-/${seed.project}/functions/${made.id}`);
  expect(copy?.id).not.toBe(made.id);
  expect(copy).toMatchObject({ name: "hello", kind: "python", spec: original.spec, metadata: { labels: ["demo"] } });
  const [copiedTask] = await seed.read<Doc[]>(`-/${other.project}/functions/${copy?.id ?? ""}/tasks`);
  expect(copiedTask?.spec).toMatchObject({ resources: { mem: "64Mi" } });
  const [trigger] = (await seed.read<{ content: Doc[] }>(`-/${other.project}/triggers`)).content;
  expect(trigger?.status).toMatchObject({ state: "STOPPED" });
  expect(trigger?.spec).toMatchObject({
    function: `python://${other.project}/hello:${copy?.id ?? ""}`,
    task: `python+job://${other.project}/${copiedTask?.id ?? ""}`,
  });
  await result.getByRole("link", { name: "hello was made." }).click();
  await expect(page.getByRole("heading", { level: 1, name: "hello" })).toBeVisible();
});
