import { expectAccessible } from "./axe.ts";
import type { Seed } from "./seed.ts";
import { chooseFilter, expect, open, test } from "./steps.ts";

interface Doc {
  id: string;
  key: string;
}

/** A data item that a run reads, and a model that the run makes. */
async function pipeline(seed: Seed): Promise<{ data: Doc; run: { id: string }; model: Doc }> {
  const data = await seed.post<Doc>(`-/${seed.project}/dataitems`, {
    name: "cities",
    kind: "table",
    spec: { path: "s3://datalake/cities.parquet" },
  });
  const code = [
    "import digitalhub as dh",
    "",
    "def main(project, cities):",
    '    open("clf.txt", "w").write("weights")',
    '    project.log_model(name="clf", kind="model", source="clf.txt")',
  ].join("\n");
  const train = await seed.createFunction("train", { code });
  const run = await seed.run("train", train.id, { inputs: { cities: data.key } });
  expect(run.state).toBe("COMPLETED");
  const [model] = (await seed.read<{ content: Doc[] }>(`-/${seed.project}/models`)).content;
  if (model === undefined) throw new Error("the run made no model");
  return { data, run, model };
}

test("37 from a model one request draws data item, run, model; filters, list and pages hold together", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const { run, model } = await pipeline(seed);
  await open(page, server, `p/${seed.project}/lineage?key=${encodeURIComponent(model.key)}`, "Lineage of clf");
  const nodes = page.getByRole("list", { name: "Graph of the lineage" }).getByRole("listitem");
  await expect(nodes.filter({ hasText: "Data item" })).toContainText("cities");
  await expect(nodes.filter({ hasText: "Run" })).toContainText("train");
  await expect(nodes.filter({ hasText: "Model" })).toContainText("clf");
  expect(calls.filter((call) => call.includes("/-/") && !call.includes("/events"))).toHaveLength(1);
  const x = async (name: string) => (await nodes.filter({ hasText: name }).boundingBox())?.x ?? 0;
  expect(await x("Data item")).toBeLessThan(await x("Run"));
  expect(await x("Run")).toBeLessThan(await x("Model"));

  await chooseFilter(page, "Depth", "1 step");
  await expect(nodes.filter({ hasText: "Data item" })).toHaveCount(0);
  await expect(nodes.filter({ hasText: "Model" })).toHaveCount(1);
  await expect(page).toHaveURL(/depth=1/);
  await page.goBack();
  await expect(nodes.filter({ hasText: "Data item" })).toHaveCount(1);

  await page.getByRole("button", { name: /^Type/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "Runs" }).click();
  await page.keyboard.press("Escape");
  await expect(nodes).toHaveCount(2);
  await expect(page.getByRole("status").filter({ hasText: "2 nodes, 1 relation" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();

  const told = await page.getByRole("status").filter({ hasText: "relations" }).innerText();
  await page.getByRole("link", { name: "List", exact: true }).click();
  const rows = page.getByRole("table", { name: "Relations" }).getByRole("row");
  await expect(rows.filter({ hasText: "was produced by" })).toContainText(/clf.*was produced by.*train/s);
  await expect(rows.filter({ hasText: "read" })).toContainText(/train.*read.*cities/s);
  expect(told).toContain(`${(await rows.count()) - 1} relations`);

  await page.getByRole("link", { name: "Graph", exact: true }).click();
  await nodes.filter({ hasText: "Run" }).getByRole("link", { name: "train", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${run.id}`));
  await page.goBack();
  await nodes.getByRole("link", { name: "Lineage of cities" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Lineage of cities" })).toBeFocused();
  await page.getByRole("link", { name: "Whole project" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Lineage", exact: true })).toBeVisible();
  await expect(nodes.filter({ hasText: "cities" })).toHaveCount(1);
});

test("37 five hundred nodes are drawn, and the page answers", async ({ page, server, seed }) => {
  const about = (index: number) =>
    `store://${seed.project}/dataitem/table/root:${index.toString(16).padStart(32, "0")}`;
  for (let index = 0; index < 20; index++) {
    await seed.post(`-/${seed.project}/dataitems`, {
      name: `item-${index}`,
      kind: "table",
      spec: { path: `s3://datalake/${index}.parquet` },
      metadata: {
        relationships: Array.from({ length: 24 }, (_, n) => ({ type: "produced_by", dest: about(index * 24 + n) })),
      },
    });
  }
  await open(page, server, `p/${seed.project}/lineage?versions=each`, "Lineage");
  await expect(page.getByRole("status").filter({ hasText: "500 nodes, 480 relations" })).toBeVisible();
  const nodes = page.getByRole("list", { name: "Graph of the lineage" });
  await expect(nodes.getByRole("link", { name: "item-19", exact: true })).toBeAttached();
  await page.getByRole("button", { name: "All in sight" }).click();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.getByRole("checkbox", { name: "Versions as one" }).click();
  await expect(page.getByRole("status").filter({ hasText: "21 nodes, 20 relations" })).toBeVisible();
  await expectAccessible(page);
  await seed.post(`-/${seed.project}/dataitems`, {
    name: "newest",
    kind: "table",
    spec: { path: "s3://datalake/newest.parquet" },
    metadata: { relationships: [480, 481].map((n) => ({ type: "produced_by", dest: about(n) })) },
  });
  await expect(page.getByText("There is more than one picture holds: the newest are drawn.")).toBeVisible();
  await expect(nodes.getByRole("link", { name: "newest", exact: true })).toBeAttached();
});
