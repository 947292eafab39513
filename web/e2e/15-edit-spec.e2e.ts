import { expectAccessible } from "./axe.ts";
import { expect, open, test, toast } from "./steps.ts";

interface Doc {
  id: string;
  name: string;
  kind: string;
  metadata: { description?: string };
  spec: { source: { base64: string; handler: string; lang: string }; requirements?: string[] };
}

test("15 another spec is saved as a new version by the keyboard", async ({ page, server, seed }) => {
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions/hello/edit`, "Edit hello");
  const handler = page.getByRole("textbox", { name: "Handler" });
  await handler.fill("start");
  const bar = page.getByRole("region", { name: "Saving" });
  await expect(bar).toContainText("The spec is changed");
  await expect(bar).toContainText("/spec/source/handler");
  await expect(bar.getByRole("button", { name: "Save as new version" })).toBeVisible();
  await handler.press("ControlOrMeta+s");
  await expect(toast(page, "A new version was added.")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Versions" }).getByRole("link", { name: /^v\d/ })).toHaveCount(2);
  const { content } = await seed.read<{ content: Doc[] }>(`-/${seed.project}/functions?name=hello&versions=all`);
  expect(content.map(({ spec }) => spec.source.handler).toSorted()).toEqual(["main", "start"]);
});

test("15 when somebody else saved meanwhile, both sides are shown and nothing is lost", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/412 \(Precondition Failed\)/);
  const { id } = await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions/hello/edit`, "Edit hello");
  await page.getByRole("textbox", { name: "Handler" }).fill("mine");
  await page.getByRole("textbox", { name: "Description" }).fill("My words");

  const doc = await seed.read<Doc>(`-/${seed.project}/functions/${id}`);
  await seed.put(`-/${seed.project}/functions/${id}`, {
    ...doc,
    spec: { ...doc.spec, source: { ...doc.spec.source, handler: "theirs" }, requirements: ["six"] },
  });
  await page.getByRole("button", { name: "Save as new version" }).click();

  const conflict = page.getByRole("region", { name: "Somebody else saved meanwhile" });
  await expect(conflict).toContainText("One place was changed by both.");
  const place = conflict.getByRole("row").filter({ hasText: "/spec/source/handler" });
  await expect(place).toContainText("main");
  await expect(place).toContainText("mine");
  await expect(place).toContainText("theirs");
  await expect(conflict.getByRole("row").filter({ hasText: "/metadata/description" })).toContainText("My words");
  await expectAccessible(page);
  await expect(place.getByRole("radio", { name: /Keep yours/ })).toBeChecked();
  await conflict.getByRole("button", { name: "Continue with this" }).click();
  await expect(page.getByRole("textbox", { name: "Handler" })).toHaveValue("mine");
  await page.getByText("Environment", { exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Requirements" })).toHaveValue("six");
  await page.getByRole("button", { name: "Save as new version" }).click();
  await expect(toast(page, "A new version was added.")).toBeVisible();

  const { content } = await seed.read<{ content: Doc[] }>(
    `-/${seed.project}/functions?name=hello&versions=all&sort=created,desc`,
  );
  expect(content.map(({ spec }) => spec.source.handler)).toEqual(["mine", "theirs", "main"]);
  expect(content[0]).toMatchObject({ metadata: { description: "My words" }, spec: { requirements: ["six"] } });
});

test("15 what was typed is offered after the tab was closed in the middle of it", async ({ page, server, seed }) => {
  await seed.createFunction("hello");
  const path = `p/${seed.project}/functions/hello/edit`;
  await open(page, server, path, "Edit hello");
  await page.getByRole("textbox", { name: "Handler" }).fill("unsaved");
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "hello" }).click();
  await page.getByRole("button", { name: "Back to it" }).click();
  await expect(page.getByRole("textbox", { name: "Handler" })).toHaveValue("unsaved");
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await open(again, server, path, "Edit hello");
  await expect(again.getByRole("textbox", { name: "Handler" })).toHaveValue("main");
  await again.getByRole("button", { name: "Restore" }).click();
  await expect(again.getByRole("textbox", { name: "Handler" })).toHaveValue("unsaved");
  await expect(again.getByRole("button", { name: "Save as new version" })).toBeVisible();
});
