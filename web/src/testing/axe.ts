import axe from "axe-core";

// What needs layout or colours to judge (aria-hidden-focus: whether a modal dialog covers the page) is checked by
const needsLayout = ["color-contrast", "target-size", "scrollable-region-focusable", "region", "aria-hidden-focus"];

/** Lists the violations of WCAG 2.2 A and AA in a rendered part, each in one line; none is []. */
export async function violations(root: Element = document.body): Promise<string[]> {
  const result = await axe.run(root, {
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    rules: Object.fromEntries(needsLayout.map((id) => [id, { enabled: false }])),
  });
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" | ")}`);
}
