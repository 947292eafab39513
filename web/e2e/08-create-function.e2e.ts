import { expectAccessible } from "./axe.ts";
import { expect, open, test, toast } from "./steps.ts";

interface Doc {
  name: string;
  kind: string;
  metadata: { description?: string; labels?: string[] };
  spec: { source: { base64: string; handler: string } };
}

const code = `# Grüße aus Bozen – 你好 🐧\ndef main(who="wörld"):\n    return f"ciao {who}"`;

test("08 a function is created from scratch: what is missing is said, and the code is kept byte by byte", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/400 \(Bad Request\)/);
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await page.getByRole("link", { name: "Create" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "New function" })).toBeVisible();

  const save = page.getByRole("button", { name: "Create", exact: true });
  await save.click();
  const summary = page.getByRole("alert");
  await expect(summary.getByRole("button")).toHaveText([/^Name: Give it a name/, /^Kind: Choose a kind/]);
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveAccessibleDescription(/Give it a name/);
  await expect(page.getByRole("radiogroup", { name: "Kind" })).toHaveAccessibleDescription("Choose a kind.");
  await expectAccessible(page);
  await summary.getByRole("button", { name: /^Name/ }).click();
  await expect(name).toBeFocused();

  await name.fill("a b");
  await expect(name).toHaveAccessibleDescription(/Use letters, digits and \. _ \+ -/);
  await name.fill("greet");
  await page.getByRole("radio", { name: "Python function" }).check();
  await page.getByRole("textbox", { name: "Description" }).fill("Says hello");
  await page.getByRole("combobox", { name: "Labels" }).fill("demo");
  await page.getByRole("combobox", { name: "Labels" }).press("Enter");
  const editor = page.getByRole("textbox", { name: "Code" });
  await editor.focus();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, code);
  await expect(page.getByRole("textbox", { name: "Handler" })).toHaveValue("main"); // as the code says
  await expectAccessible(page);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText("The server would accept it.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).not.toBeInViewport();
  await save.dblclick();

  await expect(toast(page, "greet was created.")).toBeVisible();
  await expect(page).toHaveURL(/\/functions\/greet$/);
  // Another page begins at its top, and a double click has made one version.
  await expect(page.getByRole("heading", { level: 1, name: "greet" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByText("Python function · v1 (latest)")).toBeVisible();
  await page.getByRole("tab", { name: "Code" }).click();
  await expect(page.getByRole("textbox", { name: "Code of greet" })).toContainText("Grüße aus Bozen – 你好 🐧");
  const lines = page.getByRole("textbox", { name: "Code of greet" }).locator(".cm-line");
  expect((await lines.allTextContents()).join("\n")).toBe(code);
  const { content } = await seed.read<{ content: Doc[] }>(`-/${seed.project}/functions?name=greet`);
  const [made] = content;
  expect(Buffer.from(made?.spec.source.base64 ?? "", "base64").toString()).toBe(code);
  expect(made).toMatchObject({ kind: "python", metadata: { description: "Says hello", labels: ["demo"] } });
});

test("08 what the server refuses is said at its field, and nothing typed is lost", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/400 \(Bad Request\)/);
  await open(page, server, `p/${seed.project}/new/function?kind=python`, "New function");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("x".repeat(300));
  await page.getByRole("textbox", { name: "Handler" }).fill("main");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("alert").getByRole("button", { name: /^Name/ })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Handler" })).toHaveValue("main");
  await expectAccessible(page);
});

test("08 what was typed for a new function is offered after the tab was closed", async ({ page, server, seed }) => {
  await open(page, server, `p/${seed.project}/new/function?kind=python`, "New function");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("later");
  await page.getByRole("textbox", { name: "Handler" }).fill("begin");
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await open(again, server, `p/${seed.project}/new/function`, "New function");
  await again.getByRole("button", { name: "Restore" }).click();
  await expect(again.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("later");
  await expect(again.getByRole("radio", { name: "Python function" })).toBeChecked();
  await expect(again.getByRole("textbox", { name: "Handler" })).toHaveValue("begin");
});

test("08 who types code before the editor has come goes on typing in it", async ({ page, server, seed }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/CodeEditor[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, server, `p/${seed.project}/new/function?kind=python`, "New function");
  const code = page.getByRole("textbox", { name: "Code" });
  await code.fill("");
  await code.pressSequentially("def main():");
  await expect(code).toHaveValue("def main():");
  release();
  await expect(code).toHaveAttribute("contenteditable", "true");
  await page.keyboard.type(" return 1");
  await expect(code).toBeFocused();
  await expect(code).toContainText("def main(): return 1");
});
