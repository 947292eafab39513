import { expect, test } from "vitest";
import { ApiError } from "../../api/error.ts";
import type { EntityDocument } from "./document.ts";
import { type Reading, writeGuarded } from "./guarded.ts";

const base: EntityDocument = { name: "nightly", kind: "scheduler", metadata: { description: "old" }, spec: {} };
const stale = () => new ApiError({ status: 412, code: "conflict", message: "changed" });

function stored(tag: string, description: string, updated = "1"): Reading<string> {
  return { tag, doc: tag, document: { ...base, metadata: { description, updated } } };
}

test("what nobody else changed is written with the tag of now", async () => {
  const write = async ({ tag }: Reading<string>) => `saved on ${tag}`;
  expect(await writeGuarded(base, async () => stored("7", "old"), write)).toEqual({ saved: "saved on 7" });
});

test("what somebody else changed is not written over", async () => {
  const written: string[] = [];
  const outcome = await writeGuarded(
    base,
    async () => stored("8", "theirs"),
    async ({ tag }) => written.push(tag),
  );
  expect(outcome).toEqual({ theirs: stored("8", "theirs") });
  expect(written).toEqual([]);
});

test("a change between the reading and the write is read again: harmless it is passed, else it is shown", async () => {
  const answers = [stored("1", "old"), stored("2", "old", "later")];
  const write = async ({ tag }: Reading<string>) => {
    if (tag === "1") throw stale();
    return tag;
  };
  expect(await writeGuarded(base, async () => answers.shift() ?? stored("9", "old"), write)).toEqual({ saved: "2" });

  const other = [stored("1", "old"), stored("2", "theirs")];
  const outcome = await writeGuarded(base, async () => other.shift() ?? stored("9", "old"), write);
  expect(outcome).toEqual({ theirs: stored("2", "theirs") });
});

test("what changes without end, and any other refusal, is said", async () => {
  const refuse = async () => {
    throw stale();
  };
  await expect(writeGuarded(base, async () => stored("1", "old"), refuse)).rejects.toMatchObject({ status: 412 });
  const full = async () => {
    throw new ApiError({ status: 507, code: "full", message: "The disk is full." });
  };
  await expect(writeGuarded(base, async () => stored("1", "old"), full)).rejects.toMatchObject({ status: 507 });
});
