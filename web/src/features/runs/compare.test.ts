import { expect, test } from "vitest";
import { bestOf, toCsv, toMarkdown } from "../../entity/compare/rows.ts";
import { compareRuns, type CompareWords } from "./compare.ts";
import type { RunRow } from "./run.ts";

const words: CompareWords = {
  fields: {
    state: "State",
    duration: "Duration",
    queued: "Queued",
    starting: "Starting",
    running: "Running",
    version: "Version",
    author: "Author",
    created: "Created",
    reason: "Reason",
  },
  state: (run) => run.status.state,
  reason: () => "",
  duration: (ms) => `${ms}ms`,
  number: String,
  bytes: (n) => `${n} B`,
  dateTime: (iso) => iso,
};
const run = (id: string, spec: object, metrics: object, version: number) =>
  ({
    id,
    user: "ada",
    metadata: { created: "2026-01-01T00:00:00Z" },
    spec: { function: `python://demo/train:${id}`, ...spec },
    function: { version },
    status: { state: "COMPLETED", metrics, durations: { queued: 1, starting: 2, running: 3, total: 6 } },
  }) as unknown as RunRow;
const two = [
  run(
    "a",
    { parameters: { epochs: 5, net: { depth: 2 } }, inputs: [{ data: "store://x:1" }], resources: { mem: "2Gi" } },
    { loss: [2, 1], accuracy: 0.9 },
    1,
  ),
  run(
    "b",
    { parameters: { epochs: 10, net: { depth: 2 } }, inputs: { data: "store://x:2" }, resources: { mem: "2Gi" } },
    { loss: 0.5, accuracy: 0.8 },
    2,
  ),
];
const rows = compareRuns(two, words);
const row = (field: string) => rows.find((each) => each.field === field);

test("values stand beside each other by section and path; equal ones are known", () => {
  expect(row("epochs")).toMatchObject({ section: "parameters", differs: true, cells: [{ text: "5" }, { text: "10" }] });
  expect(row("net.depth")).toMatchObject({ section: "parameters", differs: false });
  expect(row("data")).toMatchObject({ section: "inputs", cells: [{ text: "store://x:1" }, { text: "store://x:2" }] });
  expect(row("resources.mem")).toMatchObject({ section: "configuration", differs: false });
  expect(row("Version")?.cells.map((cell) => cell?.text)).toEqual(["train @v1", "train @v2"]);
  expect(row("Duration")).toMatchObject({ cells: [{ number: 6000 }, { number: 6000 }], differs: false });
});

test("the best of a loss is the lowest, of anything else the highest", () => {
  expect(["loss", "accuracy", "epochs"].map((field) => bestOf(rows.find((each) => each.field === field)!))).toEqual([
    1,
    0,
    undefined,
  ]);
});

test("a formula is text in CSV, a bar does not break Markdown", () => {
  const tricky = [
    { section: "parameters", field: "x", cells: [{ text: "=1+1" }, { text: 'a,"b"' }], differs: true },
  ] as const;
  expect(toCsv(["a|b", "c"], tricky)).toBe('section,field,a|b,c\nparameters,x,\'=1+1,"a,""b"""\n');
  expect(toCsv([], [{ section: "metrics", field: "y", cells: [{ text: "-0.5" }], differs: false }])).toContain(
    "y,-0.5",
  );
  expect(toMarkdown(["a|b"], [{ section: "parameters", field: "x", cells: [{ text: "1\n2" }], differs: true }])).toBe(
    "|  | a\\|b |\n| --- | --- |\n| x | 1 2 |\n",
  );
});
