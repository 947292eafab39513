import { expectAccessible } from "./axe.ts";
import { expect, open, test, toast } from "./steps.ts";

interface Doc {
  id: string;
  spec: { source: { base64: string; handler: string; lang: string }; requirements?: string[] };
}

test("17 two versions show what differs in code, requirements and spec, under a link, and the older begins a new one", async ({
  page,
  browser,
  server,
  seed,
}) => {
  const version = (code: string, more: object) =>
    seed.post<Doc>(`-/${seed.project}/functions`, {
      name: "train",
      kind: "python",
      spec: { ...more, source: { base64: Buffer.from(code).toString("base64"), handler: "main", lang: "python" } },
    });
  const older = await version("def main():\n    print('one')\n    return 1\n", { requirements: ["six==1.16.0"] });
  const newer = await version("def main():\n    return 2\n", {
    requirements: ["six==1.16.0", "idna==3.10"],
    python_version: "PYTHON3_11",
  });
  await open(page, server, `p/${seed.project}/functions/train`, "train");
  await page.getByRole("link", { name: "Compare with v1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare versions of train" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`a=${older.id}&b=${newer.id}`));

  const part = (name: string) => page.getByRole("region", { name, exact: true });
  await expect(part("Code")).toContainText("+1 −2 lines");
  await expect(part("Code").getByRole("textbox", { name: "Code, v1" })).toContainText("print('one')");
  await expect(part("Code").getByRole("textbox", { name: "Code, v2" })).toContainText("return 2");
  await expect(part("Requirements")).toContainText("+1 −0 lines");
  await expect(part("Spec")).toContainText("+1 −0 lines");
  await expect(part("Metadata")).toContainText("the same");
  await expect(part("Before")).toContainText("0 runs");

  const other = await browser.newContext();
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await expect(theirs.getByRole("region", { name: "Code", exact: true })).toContainText("+1 −2 lines");
  await other.close();

  await page.getByRole("button", { name: "Unified" }).click();
  await expect(part("Code").getByRole("textbox", { name: "Code, v2" })).toContainText("print('one')");
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("button", { name: "Unified" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Swap the two" }).click();
  await expect(part("Code")).toContainText("+2 −1 lines");

  await page.getByRole("link", { name: "New version from v1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New version of train" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("train");
  await expect(page.getByRole("textbox", { name: "Code" })).toContainText("print('one')");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save as new version" }).click();
  await expect(toast(page, "train was created.")).toBeVisible();
  const { content } = await seed.read<{ content: Doc[] }>(
    `-/${seed.project}/functions?name=train&versions=all&sort=created,desc`,
  );
  expect(content).toHaveLength(3);
  expect(content[0]?.spec).toEqual(older.spec);
});
