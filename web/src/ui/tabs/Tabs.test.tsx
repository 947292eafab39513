import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Tabs } from "./Tabs.tsx";

function Example() {
  const [tab, setTab] = useState("summary");
  return (
    <Tabs
      label="Run"
      value={tab}
      onChange={setTab}
      tabs={[
        { id: "summary", label: "Summary" },
        { id: "logs", label: "Logs", count: 3 },
      ]}
    >
      <p>Panel {tab}</p>
    </Tabs>
  );
}

test("arrow keys choose the tab and its panel", async () => {
  render(<Example />);
  expect(await violations()).toEqual([]);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  expect(screen.getByRole("tab", { selected: true }).textContent).toBe("Logs 3");
  expect(screen.getByRole("tabpanel").textContent).toBe("Panel logs");
});
