import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { Duration } from "./Duration.tsx";
import { Elapsed } from "./Elapsed.tsx";
import { TimeAgo } from "./TimeAgo.tsx";

test("a moment is told as time passed, in full in its tooltip", async () => {
  const at = new Date(Date.now() - 3 * 60_000).toISOString();
  render(<TimeAgo at={at} />);
  const time = screen.getByText("3 minutes ago");
  expect(time.getAttribute("datetime")).toBe(at);
  expect(time.title).not.toBe("");
  expect(await violations()).toEqual([]);
});

test("a clock ahead of ours gives no negative time", () => {
  render(<Elapsed since={new Date(Date.now() + 60_000).toISOString()} />);
  expect(screen.getByText("0s")).toBeTruthy();
});

test("a duration tells its phases in words", async () => {
  render(<Duration total={182_000} phases={{ queued: 4000, starting: 21_000, running: 157_000 }} />);
  expect(screen.getByText("3m 02s")).toBeTruthy();
  expect(screen.getByRole("img", { name: "queued 4.0s · starting 21s · running 2m 37s" })).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test("what is younger than a minute, or ahead by a clock that differs, has no seconds", () => {
  render(
    <>
      <TimeAgo at={new Date(Date.now() - 2000).toISOString()} />
      <TimeAgo at={new Date(Date.now() + 5000).toISOString()} short />
    </>,
  );
  expect(screen.getAllByRole("time").map((each) => each.textContent)).toEqual(["less than a minute ago", "now"]);
});
