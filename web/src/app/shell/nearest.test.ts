// @vitest-environment node
import { expect, test } from "vitest";
import { nearestTo } from "./nearest.ts";

test.each([
  ["/p/demo/functions/tra%20in", { project: "demo", list: "functions", name: "tra in" }],
  ["/console/p/demo/runs/1a2b/logs", { project: "demo", list: "runs", name: "1a2b" }],
  ["/p/demo/triggers", { project: "demo", list: "triggers" }],
  ["/p/demo/nonsense/x", { project: "demo" }],
  ["/p/demo", { project: "demo" }],
  ["/p/demo/functions/100%", { project: "demo", list: "functions", name: "100%" }],
  ["/nowhere", undefined],
])("%s is near to %o", (pathname, near) => {
  expect(nearestTo(pathname)).toEqual(near);
});
