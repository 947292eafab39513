import { expect, test } from "vitest";
import { comparedIds } from "./actions.ts";
import type { RunDoc } from "./run.ts";

const run = (id: string, created: string) => ({ id, metadata: { created } }) as unknown as RunDoc;

test("runs are compared with the oldest of them, in whatever order they are listed", () => {
  const [oldest, middle, newest] = [
    run("z", "2026-01-01T00:00:00Z"),
    run("a", "2026-01-02T00:00:00Z"),
    run("m", "2026-01-02T00:00:01Z"),
  ];
  expect(comparedIds([newest, middle, oldest])).toEqual(["z", "a", "m"]);
  expect(comparedIds([middle, oldest, newest])).toEqual(["z", "a", "m"]);
});

test("of runs of one moment the one that is listed last is the older", () => {
  expect(comparedIds([run("a", "2026-01-01"), run("b", "2026-01-01")])).toEqual(["b", "a"]);
});
