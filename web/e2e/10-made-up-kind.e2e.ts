import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { startMadeUp } from "./made-up.ts";
import { test as base, chooseFilter, expect, names, open, toast } from "./steps.ts";

// The server of these tests has a kind that the console was not made for.
const test = base.extend({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameters' names
    async ({}, provide) => {
      const server = await startMadeUp();
      await provide(server);
      await server.stop();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

// Its program is built once.
test.describe.configure({ mode: "default" });

interface Doc {
  id: string;
  kind: string;
  spec: Record<string, unknown>;
}

interface Run {
  status: { state: string; results?: Record<string, unknown> };
}

const script = "print('ciao')\n";

/** What is filled in below, as the API must hold it. */
const spec = {
  title: "every.thing",
  endpoint: { host: "localhost", port: 9000 },
  mode: "safe",
  merged: false,
  colour: "n",
  level: 2,
  limit: "50%",
  either: { left: 3 },
  ratio: 0.75,
  note: "Two\nlines",
  homepage: "https://example.org/all",
  since: "2027-01-31T08:00:00Z",
  words: ["one", "two"],
  choices: ["y"],
  numbers: [1.5, 2],
  tensors: [{ name: "in", datatype: "FP32", shape: [1, 3] }],
  weights: { a: 0.25 },
  nested: { first: { on: true } },
  free: { any: 7 },
  anything: [1, { deep: true }],
  open: { a: "known", extra: 5 },
  steps: [{ title: "outer", steps: [{ title: "inner" }] }],
  password: "hidden-word",
  script: Buffer.from(script).toString("base64"),
  memory: "2Gi",
  when: "30 2 * * *",
  data: "store://demo/dataitem/table/cities",
  key: "token",
  lines: ["first line", "second line"],
  raw: { json: [1, 2] },
  profile: "small",
  strange: { "x-odd": "even" },
};

async function openGroups(form: Locator): Promise<void> {
  // Each that is opened is one fewer.
  const folded = form.locator("details:not([open]) > summary");
  for (let left = await folded.count(); left > 0; left = await folded.count()) await folded.first().click();
}

async function addTo(form: Locator, label: string): Promise<void> {
  await form.getByRole("button", { name: `Add to ${label}`, exact: true }).click();
}

async function pair(form: Locator, label: string, name: string): Promise<void> {
  await addTo(form, label);
  await form.getByRole("textbox", { name: `Name 1 of ${label}`, exact: true }).fill(name);
}

async function fill(page: Page): Promise<void> {
  const form = page.getByRole("region", { name: "Specification" });
  const text = (name: string) => form.getByRole("textbox", { name, exact: true });
  const choice = (name: string) => form.getByRole("combobox", { name, exact: true });
  await openGroups(form);
  await text("Title of it").fill(spec.title);
  await text("Host").fill(spec.endpoint.host);
  await text("Port").fill("9000");
  await choice("Mode").selectOption("safe");
  await form.getByRole("checkbox", { name: "Merged" }).uncheck();
  await choice("Colour").fill("n");
  await choice("Colour").press("Escape");
  await choice("Level").selectOption("High");
  await choice("Type of Limit").selectOption("Text");
  await text("Limit").fill(spec.limit);
  await choice("Type of Either").selectOption("Names and values");
  await pair(form, "Either", "left");
  await text("Value of left in Either").fill("3");
  await text("Ratio").fill("0.75");
  await text("Note").fill(spec.note);
  await text("Home page").fill(spec.homepage);
  await form.getByLabel("Since", { exact: true }).fill("2027-01-31T09:00"); // in Rome
  for (const word of spec.words) {
    await choice("Words").fill(word);
    await choice("Words").press("Enter");
  }
  await choice("Choices").fill("y");
  await choice("Choices").press("Enter");
  await addTo(form, "Numbers");
  await text("Numbers 1").fill("1.5");
  await addTo(form, "Numbers");
  await text("Numbers 2").fill("2");
  await addTo(form, "Tensors");
  const tensor = form.getByRole("group", { name: "Tensors 1", exact: true });
  await tensor.getByRole("textbox", { name: "Name", exact: true }).fill("in");
  await tensor.getByRole("combobox", { name: "Data type" }).selectOption("FP32");
  await addTo(tensor, "Shape");
  await tensor.getByRole("textbox", { name: "Shape 1", exact: true }).fill("1");
  await addTo(tensor, "Shape");
  await tensor.getByRole("textbox", { name: "Shape 2", exact: true }).fill("3");
  await pair(form, "Weights", "a");
  await text("Value of a in Weights").fill("0.25");
  await pair(form, "Nested", "first");
  await form.getByRole("group", { name: "Nested", exact: true }).getByRole("checkbox", { name: "On" }).check();
  await pair(form, "Free", "any");
  await text("Value of any in Free").fill("7");
  await text("Anything").fill('[1, {"deep": true}]');
  const open = form.getByRole("group", { name: "Open", exact: true });
  await open.getByRole("textbox", { name: "A", exact: true }).fill("known");
  await openGroups(open);
  await pair(open, "Other members", "extra");
  await open.getByRole("textbox", { name: "Value of extra in Other members" }).fill("5");
  await addTo(form, "Steps");
  const outer = form.getByRole("group", { name: "Steps 1", exact: true }).first();
  await outer.getByRole("textbox", { name: "Title", exact: true }).first().fill("outer");
  await addTo(outer, "Steps");
  await outer
    .getByRole("group", { name: "Steps 1", exact: true })
    .getByRole("textbox", { name: "Title", exact: true })
    .fill("inner");
  await form.getByLabel("Password", { exact: true }).fill(spec.password);
  await text("Script").fill(script);
  await text("Buffer").fill("2");
  await choice("Unit of Buffer").selectOption("Gi");
  await text("When").fill(spec.when);
  await text("Data").fill(spec.data);
  await choice("API key").fill(spec.key);
  await choice("API key").press("Escape");
  await text("Lines").fill(spec.lines.join("\n"));
  await text("Raw").fill(JSON.stringify(spec.raw));
  await text("Profile").fill(spec.profile);
  await text("Strange").fill("x-odd: even\n");
}

test("10 a kind that the console never heard of has its form, and its run executes", async ({ page, server, seed }) => {
  await open(page, server, `p/${seed.project}/new/function`, "New function");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("made-up");
  await page.getByRole("radio", { name: "Everything" }).check();
  await expect(page.getByRole("textbox", { name: "Given" })).toHaveCount(0);
  await expectAccessible(page);
  await fill(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(toast(page, "made-up was created.")).toBeVisible();
  const [made] = (await seed.read<{ content: Doc[] }>(`-/${seed.project}/functions`)).content;
  expect(made?.kind).toBe("everything");
  expect(made?.spec).toEqual(spec);

  await expect(page.getByRole("tab")).toHaveText(["Summary", "Spec", "Job", "Triggers 0", "Lineage"]);
  await page.getByRole("tab", { name: "Job" }).click();
  await page.getByRole("link", { name: "Create run" }).click();
  await page.getByRole("textbox", { name: "Repeat" }).fill("2");
  await page.getByRole("combobox", { name: "Tone" }).selectOption("soft");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
  const id = /runs\/([^/]+)\//.exec(page.url())?.[1] ?? "";
  await expect(page.getByRole("main")).toContainText("Succeeded");
  await expect(page.getByRole("main")).toContainText(`"tone":"soft"`);
  const run = await seed.read<Run>(`-/${seed.project}/runs/${id}`);
  expect(run.status.state).toBe("COMPLETED");
  expect(run.status.results?.["function"]).toEqual(spec);
  expect(run.status.results?.["run"]).toMatchObject({ repeat: 2, tone: "soft" });
});

test("06 functions are filtered by one of two kinds, alone and with a name", async ({ page, server, seed }) => {
  await seed.createFunction("train");
  await seed.createFunction("hello");
  await seed.post(`-/${seed.project}/functions`, { name: "train-odd", kind: "everything", spec });
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(names(page)).toHaveText(["train-odd", "hello", "train"]);
  await chooseFilter(page, "Kind", "Everything");
  await expect(names(page)).toHaveText(["train-odd"]);
  await chooseFilter(page, "Kind", "Python function");
  await expect(names(page)).toHaveText(["hello", "train"]);
  await page.getByRole("searchbox", { name: "Filter by name" }).fill("tra");
  await expect(names(page)).toHaveText(["train"]);
});

test("09 every kind has a form without a dead field, and its least is accepted; another choice asks before it discards", async ({
  page,
  server,
  seed,
}) => {
  const { content: kinds } = await seed.read<{ content: { kind: string; schema: { title?: string } }[] }>(
    `-/${seed.project}/schemas/function`,
  );
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(["everything", "python"]);
  await open(page, server, `p/${seed.project}/new/function`, "New function");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("least");
  const form = page.getByRole("region", { name: "Specification" });
  const check = async () => {
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("The server would accept it.")).toBeVisible();
  };

  await page.getByRole("radio", { name: "Python function", exact: true }).check();
  await expect(form.locator("[data-island]")).toHaveCount(0);
  await form.getByRole("textbox", { name: "Handler" }).fill("main");
  await check();

  await page.getByRole("radio", { name: "Everything", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Discard the specification?" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(page.getByRole("radio", { name: "Python function", exact: true })).toBeChecked();
  await expect(form.getByRole("textbox", { name: "Handler" })).toHaveValue("main");
  await page.getByRole("radio", { name: "Everything", exact: true }).click();
  await dialog.getByRole("button", { name: "Discard and change" }).click();
  await expect(page.getByRole("radio", { name: "Everything", exact: true })).toBeChecked();
  // What is outside of the dialect is YAML beside its schema.
  await expect(form.locator("[data-island]")).toHaveCount(1);
  await form.getByRole("textbox", { name: "Title of it" }).fill("a");
  await form.getByRole("textbox", { name: "Host" }).fill("localhost");
  await form.getByRole("combobox", { name: "Mode", exact: true }).selectOption("fast");
  await check();

  await page.getByRole("radio", { name: "Template: Hello" }).click();
  await dialog.getByRole("button", { name: "Discard and change" }).click();
  await expect(page.getByRole("radio", { name: "Template: Hello" })).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue(/prints a greeting/);
  await expect(page.getByRole("button", { name: "Remove start" })).toBeVisible();
  await expect(form.getByRole("textbox", { name: "Code" })).toContainText("def main(");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(toast(page, "least was created.")).toBeVisible();
  const [made] = (
    await seed.read<{ content: (Doc & { metadata: { labels: string[] } })[] }>(`-/${seed.project}/functions`)
  ).content;
  expect(made).toMatchObject({ kind: "python", metadata: { labels: ["start"] } });
  expect(await seed.read(`-/${seed.project}/runs`)).toMatchObject({ totalElements: 0 });
});
