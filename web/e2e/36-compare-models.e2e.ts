import { expectAccessible } from "./axe.ts";
import { measure, store } from "./data-seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("36 models that are chosen in the list stand beside each other in three clicks, under a link", async ({
  page,
  server,
  seed,
}) => {
  const model = { material: "models", kind: "sklearn", files: { "model.pkl": "\0pickled" } } as const;
  const of = (algorithm: string, depth: number) => ({
    spec: { framework: "sklearn", algorithm, parameters: { depth, seed: 7 } },
  });
  const forest = await store(seed, { ...model, name: "forest", ...of("forest", 3) });
  const linear = await store(seed, { ...model, name: "linear", ...of("regression", 1) });
  await measure(seed, forest, { accuracy: 0.9, loss: [3, 2, 1] });
  await measure(seed, linear, { accuracy: 0.81, loss: [2.5, 1.5, 0.5] });

  await open(page, server, `p/${seed.project}/models`, "Models");
  await row(page, "forest").getByRole("checkbox").check();
  await expect(page.getByRole("button", { name: "Compare" })).toHaveAttribute("aria-disabled", "true");
  await row(page, "linear").getByRole("checkbox").check();
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare models" })).toBeVisible();

  const table = page.getByRole("table", { name: "Compare models" });
  const cells = (field: string) => table.getByRole("row", { name: new RegExp(`^${field}`) }).getByRole("cell");
  // The list shows first what changed last, and so does the comparison.
  await expect(cells("accuracy")).toHaveText(["0.81", "0.9+0.09best"]);
  await expect(cells("loss")).toHaveText(["0.5best", "1+0.5"]);
  await expect(cells("Algorithm")).toHaveText(["regression", "forest"]);
  await expect(cells("depth")).toHaveText(["1", "3"]);
  await expect(cells("seed")).toHaveCount(0);
  const loss = page.getByRole("figure", { name: "loss" });
  await expect(loss.getByRole("img")).toBeVisible();
  await loss.getByRole("button", { name: "Show as table" }).click();
  await expect(loss.getByRole("row")).toHaveCount(4);
  await expectAccessible(page);

  await page.getByRole("checkbox", { name: "Differences only" }).uncheck();
  await expect(cells("seed")).toHaveText(["7", "7"]);
  await page.getByRole("textbox", { name: "Filter by field" }).fill("acc");
  await expect(table.getByRole("row")).toHaveText([/^Field/, "Metrics", /^accuracy/]);
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  expect((await file).suggestedFilename()).toBe("models.csv");
  await page.getByRole("button", { name: /^Make .* the baseline$/ }).click();
  await expect(page).toHaveURL(/find=acc/);
  await page.reload();
  await expect(cells("accuracy")).toHaveText(["0.9best", "0.81−0.09"]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await expectAccessible(page);
});

test("36 two versions of a model show their metrics beside each other; of models that are gone nothing is compared", async ({
  page,
  server,
  seed,
}) => {
  const model = { material: "models", name: "clf", kind: "sklearn", files: { "model.pkl": "\0pickled" } } as const;
  const first = await store(seed, { ...model, spec: { framework: "sklearn", algorithm: "forest" } });
  const second = await store(seed, { ...model, spec: { framework: "sklearn", algorithm: "trees" } });
  await measure(seed, first, { accuracy: 0.8 });
  await measure(seed, second, { accuracy: 0.9 });
  await open(page, server, `p/${seed.project}/models/clf`, "clf");
  await page.getByRole("link", { name: "Compare with v1" }).click();
  const facts = page.getByRole("table", { name: "Facts that differ" });
  await expect(facts.getByRole("row", { name: /^accuracy/ }).getByRole("cell")).toHaveText(["0.8", "0.9+0.1best"]);
  await expect(facts.getByRole("row", { name: /^Algorithm/ }).getByRole("cell")).toHaveText(["forest", "trees"]);
  await expectAccessible(page);
  await page.addInitScript(() => localStorage.setItem("dhub.prefs", JSON.stringify({ locale: "it" })));
  await open(page, server, `p/${seed.project}/compare/models?ids=${second},gone`, "Confronta modelli");
  await expect(page.getByRole("heading", { name: "Ci sono meno di due di questi modelli." })).toBeVisible();
  await expectAccessible(page);
});
