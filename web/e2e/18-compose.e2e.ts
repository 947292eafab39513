import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectAccessible } from "./axe.ts";
import { createDataItem, createSecret, type MadeRun, reached, runnable, startRun } from "./runs-seed.ts";
import { Seed } from "./seed.ts";
import { startServer } from "./server.ts";
import { expect, open, test, unfold } from "./steps.ts";

test("18 a run is composed in three steps, and what is sent equals the recap", async ({ page, server, seed }) => {
  await runnable(seed, "train", "anything");
  await createSecret(seed, "token", "s3cr3t-of-18");
  const cities = await createDataItem(seed, "cities");
  await open(page, server, `p/${seed.project}/functions/train?tab=job`, "train");
  await page.getByRole("link", { name: "Create run" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Run train" })).toBeFocused();

  const first = page.getByRole("region", { name: "1. Configuration" });
  await first.getByLabel("Processors", { exact: true }).fill("1");
  await first.getByLabel("Memory", { exact: true }).fill("256Mi");
  await unfold(first, "Environment variables");
  await first.getByRole("button", { name: "Add to Environment variables" }).click();
  await first.getByLabel("Name 1 of Environment variables").fill("MODE");
  await first.getByLabel("Value of MODE in Environment variables").fill("fast");
  await unfold(first, "Secrets");
  await first.getByRole("combobox", { name: "Secrets" }).fill("tok");
  await page.getByRole("option", { name: "token" }).click();
  await unfold(first, "Volumes");
  await first.getByRole("button", { name: "Add to Volumes" }).click();
  const volume = first.getByRole("group", { name: "Volumes 1" });
  await volume.getByLabel("Mounted at").fill("/data");
  await volume.getByRole("textbox", { name: "Name", exact: true }).fill("scratch");
  await volume.getByLabel("Kind of volume").selectOption("persistent_volume_claim");
  await first.getByRole("button", { name: "Add to Settings" }).click();
  await first.getByLabel("Name 1 of Settings").fill("size");
  await first.getByLabel("Value of size in Settings").fill("1Gi");
  await first.getByRole("button", { name: "Next" }).click();

  const second = page.getByRole("region", { name: "2. Inputs, outputs and parameters" });
  await expect(second.getByRole("heading", { level: 2 })).toBeFocused();
  await second.getByRole("button", { name: "Add to Inputs" }).click();
  await second.getByLabel("Name 1 of Inputs").fill("dataset");
  await second.getByRole("combobox", { name: "Value of dataset in Inputs" }).fill("cit");
  await page.getByRole("option", { name: /cities/ }).click();
  await second.getByRole("button", { name: "Add to Outputs" }).click();
  await second.getByLabel("Name 1 of Outputs").fill("result");
  await second.getByLabel("Value of result in Outputs").fill("summary");
  for (const [index, name, value] of [
    [1, "epochs", "5"],
    [2, "note", "quick"],
    [3, "layers", "[1, 2]"],
  ] as const) {
    await second.getByRole("button", { name: "Add to Parameters", exact: true }).click();
    await second.getByLabel(`Name ${index} of Parameters`, { exact: true }).fill(name);
    await second.getByLabel(`Value of ${name} in Parameters`, { exact: true }).fill(value);
  }
  await expectAccessible(page);

  const third = page.getByRole("region", { name: "3. Review" });
  const recap = third.getByRole("textbox", { name: "JSON" });
  await expect(recap).toContainText('"epochs": 5');
  const shown = JSON.parse((await recap.innerText()).trim()) as Pick<MadeRun, "spec">;
  expect(shown.spec).toMatchObject({
    resources: { cpu: "1", mem: "256Mi" },
    envs: [{ name: "MODE", value: "fast" }],
    secrets: ["token"],
    volumes: [{ name: "scratch", mount_path: "/data", volume_type: "persistent_volume_claim", spec: { size: "1Gi" } }],
    inputs: { dataset: cities },
    outputs: { result: "summary" },
    parameters: { epochs: 5, note: "quick", layers: [1, 2] },
  });
  await third.getByRole("button", { name: "YAML", exact: true }).click();
  await expect(third.getByRole("textbox", { name: "YAML" })).toContainText("note: quick");
  await expectAccessible(page);

  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/runs"));
  await page.getByRole("button", { name: "Create and open" }).click();
  expect((await sent).postDataJSON()).toEqual(shown);
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
  const id = /runs\/([^/]+)\/logs/.exec(page.url())?.[1] ?? "";
  await reached(seed, id, "COMPLETED");
});

test("20 what is wrong with a run is said at its field, by the form and by the server, and nothing typed is lost", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/status of 4\d\d/);
  await runnable(seed, "train", "anything");
  await open(page, server, `p/${seed.project}/functions/train/run?action=job`, "Run train");
  const memory = page.getByLabel("Memory", { exact: true });
  const profile = page.getByLabel("Profile", { exact: true });
  await memory.fill("4 gigs");
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(memory).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("region", { name: "1. Configuration" }).getByRole("alert")).toContainText("Memory");
  await expectAccessible(page);
  await expect(memory).toHaveValue("4 gigs");
  await memory.fill("256Mi");

  await profile.fill("enormous");
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(profile).toBeFocused();
  await expect(profile).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("group", { name: "Configuration" })).toContainText("enormous");
  await expectAccessible(page);
  await profile.fill("");

  // A folded group opens when the server refuses what is in it.
  await unfold(page, "Environment variables");
  await page.getByRole("button", { name: "Add to Environment variables" }).click();
  await page.getByLabel("Name 1 of Environment variables").fill("PATH");
  await page.getByLabel("Value of PATH in Environment variables").fill("x");
  await expect(memory).toHaveValue("256");

  await page.reload();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(memory).toHaveValue("256");
  await unfold(page, "Environment variables");
  await expect(page.getByLabel("Name 1 of Environment variables")).toHaveValue("PATH");
});

test("20 an argument that the function demands is named before the run fails for want of it", async ({
  page,
  server,
  seed,
}) => {
  await seed.createFunction("train", { code: "def main(project, epochs, lr=0.1):\n    return int(epochs) * 2\n" });
  await open(page, server, `p/${seed.project}/functions/train/run`, "Run train");
  const data = page.getByRole("region", { name: "2. Inputs, outputs and parameters" });
  await expect(data.getByText("main needs epochs, which nothing gives yet")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(data.getByRole("group", { name: /^main needs epochs/ })).toBeFocused();
  await expect(page.getByRole("button", { name: "Start anyway" })).toBeVisible();
  await expectAccessible(page);
  await data.getByRole("button", { name: "Parameter epochs" }).click();
  await expect(data.getByText(/which nothing gives yet/)).toHaveCount(0);
  await page.keyboard.type("21");
  await expect(data.getByRole("textbox", { name: "Value of epochs in Parameters" })).toHaveValue("21");
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(page.getByText("Succeeded").first()).toBeVisible();
});

test("20 a version that names no handler is mended itself, not the newest", async ({ page, server, seed }) => {
  const source = { base64: Buffer.from("def main():\n    pass\n").toString("base64"), lang: "python" };
  const bare = await seed.post<{ id: string }>(`-/${seed.project}/functions`, {
    name: "train",
    kind: "python",
    metadata: { name: "train" },
    spec: { source },
  });
  await runnable(seed, "train", "anything");
  await open(page, server, `p/${seed.project}/functions/train/run?action=job`, "Run train");
  await expect(page.getByRole("group", { name: /names no handler/ })).toHaveCount(0);
  await page.getByLabel("Version").selectOption(bare.id);
  const warning = page.getByRole("group", { name: /names no handler/ });
  await warning.getByRole("link", { name: "Edit the function" }).click();
  await expect(page).toHaveURL(new RegExp(`/functions/train/edit\\?v=${bare.id}#/spec/source/handler$`));
  await expect(page.getByRole("textbox", { name: "Handler" })).toHaveValue("");
});

test("20 a draft keeps version and sweep, another start gives back what was typed by Undo, and limits stand at the amounts", async ({
  browser,
  request,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "dhub-limits-"));
  const profiles = join(folder, "profiles.yaml");
  writeFileSync(profiles, "limits: {'*': {cpu: '8', mem: 32Gi}}\n");
  const server = await startServer({ DHUB_PROFILES: profiles });
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  try {
    const mine = new Seed(request, server.url, "limited");
    await mine.createProject();
    const first = await runnable(mine, "train", "anything");
    const run = await startRun(mine, first, { parameters: { epochs: 1, seed: 7 } });
    await runnable(mine, "train", "train");
    await open(page, server, `p/${mine.project}/functions/train/run?action=job`, "Run train");
    await expect(page.getByText("project limit 8 CPU")).toBeVisible();
    await expect(page.getByText("project limit 32Gi")).toBeVisible();
    const version = page.getByLabel("Version", { exact: true });
    const older = (await version.locator("option").nth(1).getAttribute("value")) ?? "";
    await version.selectOption(older);
    const epochs = page.getByLabel("Value of epochs in Parameters", { exact: true });
    await epochs.fill("12");
    await page.getByRole("checkbox", { name: "Sweep one parameter" }).check();
    await page.getByLabel("Values, separated by commas").fill("5, 10");
    await expectAccessible(page);
    await page.reload();
    await expect(epochs).toHaveValue("1");
    await page.getByRole("button", { name: "Restore" }).click();
    const typed = async () => {
      await expect(epochs).toHaveValue("12");
      await expect(version).toHaveValue(older);
      await expect(page.getByLabel("Values, separated by commas")).toHaveValue("5, 10");
    };
    await typed();

    await page.getByRole("button", { name: "Start from" }).click();
    await page.getByRole("menuitem", { name: "Defaults" }).click();
    await expect(epochs).toHaveCount(0);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await typed();

    await page.getByRole("button", { name: "Start from" }).click();
    await page.getByRole("menuitem", { name: "Pick a run…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: run.name }).click();
    await expect(page).toHaveURL(new RegExp(`from=${run.id}`));
    await expect(epochs).toHaveValue("1");
    await page.getByRole("button", { name: "Undo" }).last().click();
    await typed();
    expect(new URL(page.url()).searchParams.get("from")).toBe(null);
    expect(wrong).toEqual([]);
  } finally {
    await page.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});
