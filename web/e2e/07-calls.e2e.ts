import { pages, test } from "./pages.ts";
import { asked, drawn, expect } from "./steps.ts";

/** Every list, with whether its rows unfold. */
const lists: Readonly<Record<string, boolean>> = {
  projects: false,
  functions: true,
  templates: false,
  runs: false,
  triggers: false,
  dataitems: true,
  models: true,
  artifacts: true,
  secrets: false,
  search: false,
};

for (const [name, unfolds] of Object.entries(lists)) {
  test(`07 ${name}: at most three questions draw the list${unfolds ? ", one more unfolds a row" : ""}`, async ({
    page,
    server,
    made,
    calls,
  }) => {
    await page.goto(server.console + (pages[name]?.(made) ?? "nowhere"));
    await drawn(page);
    await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
    const unfold = page.getByRole("button", { name: /^Expand / });
    if (!unfolds) {
      await expect(unfold).toHaveCount(0);
      expect(asked(calls).length).toBeLessThanOrEqual(3);
      return;
    }
    await expect(unfold.first()).toBeVisible();
    const before = asked(calls).length;
    expect(before).toBeLessThanOrEqual(3);
    await unfold.first().click();
    await expect(
      page
        .getByRole("list", { name: /^Versions of / })
        .getByRole("listitem")
        .first(),
    ).toBeVisible();
    expect(asked(calls)).toHaveLength(before + 1);
  });
}
