import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { TableView } from "./TableView.tsx";

/** What the profile of a column of numbers says, by name. */
function profile(values: readonly number[]): Record<string, string> {
  const table = {
    columns: [{ name: "n", type: "number" as const }],
    rows: values.map((value) => [String(value)]),
    truncated: false,
    total: values.length,
  };
  const { unmount } = render(<TableView label="Rows" table={table} find={undefined} column="n" onChange={() => {}} />);
  const said = screen.getAllByRole("term").map((term) => [term.textContent, term.nextElementSibling?.textContent]);
  unmount();
  return Object.fromEntries(said) as Record<string, string>;
}

test("the least and the most of a column are its own values, its mean is free of the computation's dust", () => {
  expect(profile([1_763_900_000_123, 1_763_900_000_125])).toMatchObject({
    Least: "1763900000123",
    Most: "1763900000125",
    Mean: "1763900000124",
  });
  expect(profile([0.1, 0.2, 0.3])).toMatchObject({ Least: "0.1", Most: "0.3", Mean: "0.2" });
});
