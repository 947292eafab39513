import { expectAccessible } from "./axe.ts";
import { measure, store } from "./data-seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("36 a model shows numbers and series, two versions over each other, and the same as a table", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const model = { material: "models", name: "clf", kind: "sklearn", files: { "model.pkl": "\0pickled" } } as const;
  const first = await store(seed, { ...model, spec: { framework: "sklearn", algorithm: "forest" } });
  const second = await store(seed, { ...model, labels: ["ml"] });
  await measure(seed, first, { accuracy: 0.81, loss: [3, 2, 1] });
  await measure(seed, second, { accuracy: 0.9, loss: [2.5, 1.5, 0.5] });

  await open(page, server, `p/${seed.project}/models`, "Models");
  await expect(row(page, "clf")).toContainText("Ready");
  const ofProject = () => calls.filter((call) => call.includes("/-/") && !call.includes("/events"));
  expect(ofProject().length).toBeLessThanOrEqual(3);
  const before = ofProject().length;
  await row(page, "clf").getByRole("button", { name: "Expand clf" }).click();
  await expect(page.getByRole("list", { name: "Versions of clf" }).getByRole("listitem")).toHaveText([/^v2/, /^v1/]);
  expect(ofProject()).toHaveLength(before + 1);
  await row(page, "clf").getByRole("link", { name: "Show clf" }).click();

  await page.getByRole("tab", { name: "Metrics" }).click();
  const table = page.getByRole("table", { name: "Metrics" });
  await expect(table.getByRole("row", { name: /^accuracy/ })).toContainText("0.9");
  await expect(table.getByRole("row", { name: /^loss/ })).toContainText("0.5 last of 3");
  await page.getByRole("checkbox", { name: "v1" }).check();
  await expect(page).toHaveURL(new RegExp(`with=${first}`));
  await expect(table.getByRole("row", { name: /^accuracy/ }).getByRole("cell")).toHaveText(["accuracy", "0.9", "0.81"]);
  const chart = page.getByRole("figure", { name: "loss" });
  await expect(chart.getByRole("img", { name: "loss: v2 0.5, v1 1" })).toBeVisible();
  await expectAccessible(page);
  await chart.getByRole("button", { name: "Show as table" }).click();
  await expect(chart.getByRole("row")).toHaveText([/v2.*v1/, "02.53", "11.52", "20.51"]);
  await expectAccessible(page);

  await page.reload();
  await expect(table.getByRole("row", { name: /^accuracy/ })).toContainText("0.81");
  await page.getByRole("tab", { name: "Files" }).click();
  await page.getByRole("link", { name: "model.pkl" }).click();
  await expect(page.getByText(/The file is binary/)).toBeVisible();
  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
});
