// What opens over a page or takes the place of its content: dialogs, menus, failures. Beside pages.ts, for what is
// asked of everything that can be seen.
import { expect, type Page } from "@playwright/test";

type Step = (page: Page) => Promise<void>;

interface Opened {
  /** The page that it lies over, by its name in pages.ts. */
  on: string;
  /** Set up before the page is opened. */
  before?: Step;
  open: Step;
}

function press(role: "button" | "menuitem" | "menuitemradio", name: string | RegExp): Step {
  return (page) => page.getByRole(role, { name }).first().click();
}

/** Presses what lies in a menu where a window has no room for it. */
function pressBehind(behind: string, name: string | RegExp): Step {
  return async (page) => {
    const button = page.getByRole("button", { name }).first();
    if (await button.isVisible()) return button.click();
    await page.getByRole("button", { name: behind }).first().click();
    await page
      .getByRole("menuitem", { name })
      .or(page.getByRole("dialog").getByRole("button", { name }))
      .first()
      .click();
  };
}

function keys(...pressed: string[]): Step {
  return async (page) => {
    // oxlint-disable-next-line no-await-in-loop -- one key after the other
    for (const key of pressed) await page.keyboard.press(key);
  };
}

function steps(...each: Step[]): Step {
  return async (page) => {
    // oxlint-disable-next-line no-await-in-loop -- each needs what the one before it opened
    for (const step of each) await step(page);
  };
}

/** The search of an editor, with what is looked for found more than once. */
const searched: Step = async (page) => {
  await page.locator(".cm-content").first().click();
  await keys("Control+f")(page);
  await page.locator(".cm-search input").first().fill("e");
  await keys("Enter")(page);
};

const choose: Step = (page) => page.getByRole("checkbox", { name: "Select all rows" }).check();

/** A page whose list the server does not give. */
function failed(on: string): Opened {
  return {
    on,
    before: async (page) => {
      await page.route(`**/${on}?*`, (route) =>
        route.fulfill({
          status: 500,
          json: { status: 500, message: "The disk is full.", errorCode: "internal", requestId: "r-77", errors: [] },
        }),
      );
    },
    open: (page) => expect(page.getByRole("button", { name: "Retry" }).first()).toBeVisible(),
  };
}

/** By a name of its own. */
export const opened: Readonly<Record<string, Opened>> = {
  palette: { on: "functions", open: keys("Control+k", "h", "e", "l") },
  shortcuts: { on: "functions", open: keys("?") },
  preferences: { on: "functions", open: press("button", "Account and preferences") },
  switcher: { on: "functions", open: press("button", /^Project/) },
  activity: { on: "functions", open: press("button", /^Activity/) },
  "function-row": { on: "functions", open: press("button", "Expand hello") },
  "function-row-menu": { on: "functions", open: press("button", /^More actions/) },
  "functions-columns": { on: "functions", open: press("button", "Columns") },
  "functions-filter": { on: "functions", open: press("button", /^(Kind|Filters)/) },
  "functions-chosen": { on: "functions", open: choose },
  "functions-delete": { on: "functions", open: steps(choose, press("button", "Delete")) },
  "functions-failed": failed("functions"),
  "function-inspector": { on: "function", open: pressBehind("More actions", "Inspector") },
  "function-delete": { on: "function", open: pressBehind("More actions", "Delete") },
  "function-edit-search": { on: "function-edit", open: searched },
  "runs-chosen": { on: "runs", open: choose },
  "runs-delete": { on: "runs", open: steps(choose, press("button", "Delete")) },
  "runs-arrange": {
    on: "runs-sorted",
    open: steps(press("button", "Columns"), press("menuitem", /^Arrange and sort/)),
  },
  "runs-failed": failed("runs"),
  "run-menu": { on: "run", open: press("button", "More actions") },
  "run-log-times": {
    on: "run-logs",
    open: steps(press("button", "Timestamps"), press("menuitemradio", "Relative"), (page) =>
      expect(page.getByRole("region", { name: "Log of main" }).getByRole("time").first()).toBeVisible(),
    ),
  },
  "dataitem-row": { on: "dataitems", open: press("button", "Expand towns") },
  "dataitems-failed": failed("dataitems"),
  "secret-form": { on: "secrets", open: press("button", "Create") },
  "label-rename": { on: "settings-labels", open: press("button", /^Rename /) },
  "label-remove": { on: "settings-labels", open: press("button", /^Remove .* everywhere$/) },
  "project-delete": { on: "settings-danger", open: press("button", "Delete project") },
};
