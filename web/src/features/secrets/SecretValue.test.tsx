import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { SecretValue } from "./SecretValue.tsx";

afterEach(() => void vi.useRealTimers());

test("a value goes when its time is over, however seldom a hidden page counts", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ value: "s3cr3t" })));
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setTimeout", "clearTimeout", "Date"] });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SecretValue project="demo" id="1" />
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Reveal" }));
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByRole("textbox")).toHaveProperty("value", "s3cr3t");
  vi.setSystemTime(Date.now() + 60_000); // the clock went on, the timers did not
  await act(() => vi.advanceTimersByTimeAsync(1000));
  await act(() => vi.advanceTimersByTimeAsync(1)); // the end is told by a timer too
  expect(screen.queryByRole("textbox")).toBeNull();
});
