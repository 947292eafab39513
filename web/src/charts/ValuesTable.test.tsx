import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { violations } from "../testing/axe.ts";
import { ValuesTable } from "./ValuesTable.tsx";

const steps = (table: HTMLElement) =>
  within(table)
    .getAllByRole("rowheader")
    .map((cell) => Number(cell.textContent));

test("of a long series the rows in sight are drawn, and all of them can be scrolled to", async () => {
  const values = Array.from({ length: 10_000 }, (_, step) => step * 2);
  render(
    <ValuesTable
      label="loss"
      series={[
        { name: "mine", values },
        { name: "short", values: [1] },
      ]}
    />,
  );
  const table = screen.getByRole("table", { name: "loss" });
  expect(table.getAttribute("aria-rowcount")).toBe("10001");
  expect(steps(table).length).toBeLessThan(100);
  expect(steps(table)[0]).toBe(0);
  const region = screen.getByRole("region", { name: "loss" });
  fireEvent.scroll(region, { target: { scrollTop: 24 * 5000 } });
  expect(steps(table)).toContain(5000);
  expect(steps(table)).not.toContain(0);
  const row = within(table).getByRole("row", { name: /^5000/ });
  expect(row.getAttribute("aria-rowindex")).toBe("5002");
  expect(row.textContent).toBe("500010,000");
  fireEvent.scroll(region, { target: { scrollTop: 24 * 10_000 } });
  expect(steps(table).at(-1)).toBe(9999);
  expect(await violations()).toEqual([]);
});

test("a short series is drawn whole", () => {
  render(<ValuesTable label="loss" series={[{ name: "mine", values: [0.5, 0.25] }]} />);
  expect(steps(screen.getByRole("table", { name: "loss" }))).toEqual([0, 1]);
});
