import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

// Debian's browser; nothing is downloaded.
const executablePath = execFileSync(join(import.meta.dirname, "../tools/chromium"), { encoding: "utf8" }).trim();

export default defineConfig({
  testDir: "e2e",
  outputDir: "../.cache/e2e",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000, // for what hangs; a loaded machine takes a minute for the longest
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Rome",
    // Every step's picture costs a fifth of the time; DHUB_TRACE=1 keeps those of a journey that fails.
    trace: process.env["DHUB_TRACE"] === undefined ? "off" : "retain-on-failure",
    // The sandbox needs privileges that containers lack; the pages are our own.
    launchOptions: { executablePath, args: ["--no-sandbox"] },
  },
  projects: [
    { name: "journeys", testMatch: /\.e2e\.ts$/ },
    { name: "components", testMatch: /components\.ts$/ },
    { name: "screenshots", testMatch: /screenshots\.ts$/ },
    // A trace would be measured with the rest.
    { name: "bench", testDir: "bench", testMatch: /\.bench\.ts$/, use: { trace: "off" } },
  ],
});
