import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { type Bucket, Histogram } from "./Histogram.tsx";
import { SparkBars } from "./SparkBars.tsx";

test("bars are told in words, the last ones only", async () => {
  render(
    <SparkBars
      places={2}
      bars={[
        { id: "a", state: "COMPLETED", duration: 1000 },
        { id: "b", state: "ERROR", duration: 2500 },
        { id: "c", state: "RUNNING" },
      ]}
    />,
  );
  expect(screen.getByRole("img", { name: "Last 2 runs: Failed 2.5s and Running" })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

const buckets: Bucket[] = [0, 1, 2, 3].map((hour) => ({
  start: hour * 3_600_000,
  end: (hour + 1) * 3_600_000,
  counts: { success: hour, error: 1 },
}));

function Example() {
  const [range, setRange] = useState<readonly [number, number] | undefined>(undefined);
  return (
    <>
      <Histogram label="Runs over time" buckets={buckets} range={range} onRange={setRange} />
      <output>{range === undefined ? "all" : range.join("-")}</output>
    </>
  );
}

test("a span is chosen by keys and given up at the ends", async () => {
  render(<Example />);
  expect(screen.getByRole("img", { name: "Runs over time: 10" })).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  await userEvent.tab();
  await userEvent.keyboard("{ArrowLeft}");
  expect(screen.getByRole("status").textContent).toBe("2-2");
  expect(screen.getByRole("slider", { name: "From" }).getAttribute("aria-valuenow")).toBe("2");
  await userEvent.keyboard("{ArrowRight}");
  await userEvent.tab({ shift: true });
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(screen.getByRole("status").textContent).toBe("all");
});
