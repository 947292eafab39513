import { expect, test } from "vitest";
import { versionName } from "./version.ts";

const doc = (version: string, number?: number) => ({
  id: "1a2b3c4d5e6f",
  status: { version_number: number },
  metadata: { version },
});

test("a version is called by number and name, where it has them", () => {
  expect(versionName(doc("solar-lynx", 7))).toBe("v7 solar-lynx");
  expect(versionName(doc("1a2b3c4d5e6f", 7))).toBe("v7");
  expect(versionName(doc("1a2b3c4d5e6f"))).toBe("1a2b3c4d");
});
