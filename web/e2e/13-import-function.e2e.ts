import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { expectAccessible } from "./axe.ts";
import { Seed } from "./seed.ts";
import { expect, open, test } from "./steps.ts";

interface Doc {
  id: string;
  name: string;
  kind: string;
  spec: Record<string, unknown>;
}

test("13 a function is exported with its tasks and imported elsewhere; a broken document says line and reason", async ({
  page,
  server,
  seed,
  request,
}) => {
  const made = await seed.createFunction("hello", { labels: ["demo"] });
  await seed.post<Doc>(`-/${seed.project}/tasks`, {
    kind: "python+job",
    spec: { function: `python://${seed.project}/hello:${made.id}`, resources: { mem: "64Mi" } },
  });
  const other = new Seed(request, server.url, `${seed.project}-copy`);
  await other.createProject();
  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  await page.getByRole("main").getByRole("button", { name: "More actions" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "Export with tasks" }).click(),
  ]);
  const path = await download.path();
  const documents = parseAllDocuments(readFileSync(path, "utf8")).map((each) => each.toJS() as Doc);
  expect(documents).toEqual([
    await seed.read(`-/${seed.project}/functions/${made.id}`),
    ...(await seed.read<Doc[]>(`-/${seed.project}/functions/${made.id}/tasks`)),
  ]);

  await open(page, server, `p/${other.project}/functions`, "Functions");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import" });
  const editor = dialog.getByRole("textbox", { name: "Documents, YAML" });
  await editor.fill("kind: python\nname: broken\nspec: {a: [}\n");
  await expect(dialog.getByRole("alert")).toContainText(/Line 3: /);
  await expect(editor).toContainText("name: broken");
  await expectAccessible(page);
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    dialog.getByRole("button", { name: "Choose a file…" }).click(),
  ]);
  await chooser.setFiles(path);
  await dialog.getByRole("button", { name: "Import 1 thing" }).click();
  await expect(dialog.getByRole("status", { name: "What became of it" })).toContainText("1 of 1 imported.");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("link", { name: "hello", exact: true })).toBeVisible();

  const [copy] = (await seed.read<{ content: Doc[] }>(`-/${other.project}/functions`)).content;
  const original = await seed.read<Doc>(`-/${seed.project}/functions/${made.id}`);
  expect(copy?.id).not.toBe(made.id);
  expect(copy).toMatchObject({ name: "hello", kind: "python", spec: original.spec, metadata: { labels: ["demo"] } });
  const tasks = await seed.read<Doc[]>(`-/${other.project}/functions/${copy?.id ?? ""}/tasks`);
  expect(tasks.map(({ kind, spec }) => [kind, spec["resources"]])).toEqual([["python+job", { mem: "64Mi" }]]);
});
