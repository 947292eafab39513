import { describe, expect, test } from "vitest";
import { parseCron } from "./cron.ts";
import { nextTicks } from "./cron-next.ts";
import vectors from "./testdata/cron.json" with { type: "json" };

describe("schedules are read as the server reads them", () => {
  test.each(vectors)("$schedule in $zone after $after", ({ schedule, zone, after, next, ...rest }) => {
    const cron = parseCron(schedule);
    expect("error" in cron).toBe("bad" in rest && rest.bad);
    if ("error" in cron) return;
    const ticks = nextTicks(cron, Date.parse(after), 5, zone);
    expect(ticks.map((t) => new Date(t).toISOString().replace(".000Z", "Z"))).toEqual(next);
  });
});

test("errors name the field and what it has", () => {
  expect(parseCron("61 * * * *")).toEqual({ error: "minute: 61" });
  expect(parseCron("0 0 12 ? * 2#6")).toEqual({ error: "weekday: 2#6" });
  expect(parseCron("every day")).toEqual({ error: "fields" });
  expect(parseCron("@fortnightly")).toEqual({ error: "word" });
  expect(parseCron("* * * * * *")).toEqual({ error: "every-second" });
  expect(parseCron("0 0 30 2 *")).toEqual({ error: "never" });
});
