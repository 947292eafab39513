import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Card } from "../card/Card.tsx";
import { PlainTable } from "./PlainTable.tsx";

const rows = (
  <tbody>
    <tr>
      <th scope="row">cpu</th>
      <td>2</td>
    </tr>
  </tbody>
);

test("a table on its own is a region that the keyboard reaches, one in a card is part of it", async () => {
  render(
    <>
      <PlainTable label="Phases" framed>
        {rows}
      </PlainTable>
      <Card title="Resources" tools={<button>Copy</button>}>
        <PlainTable label="Asked">{rows}</PlainTable>
      </Card>
    </>,
  );
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole("region", { name: "Phases" }));
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Copy" }));
  const card = screen.getByRole("region", { name: "Resources" });
  expect(card.contains(screen.getByRole("heading", { level: 2, name: "Resources" }))).toBe(true);
  expect(card.contains(screen.getByRole("table", { name: "Asked" }))).toBe(true);
  expect(screen.queryByRole("region", { name: "Asked" })).toBeNull();
  expect(await violations()).toEqual([]);
});
