import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { encodeText } from "../lib/base64.ts";
import { violations } from "../testing/axe.ts";
import { defaultPrefs, type Prefs, PrefsContext } from "../ui/prefs/prefs.ts";
import { LogViewer } from "./LogViewer.tsx";
import type { Follow } from "./stream.ts";
import type { Marks } from "./times.ts";

const start = Date.UTC(2026, 10, 23, 11, 20, 4);

/** A log that says when its lines were written, and one that does not. */
function logOf(text: string, times: Marks | undefined): Follow {
  return async ({ onEvent, onState }) => {
    onState({ is: "live" });
    const piece = { offset: 0, attempt: 1, container: "main", data: encodeText(text), ...(times && { times }) };
    onEvent({ event: "message", data: JSON.stringify(piece) });
    onEvent({ event: "end", data: "{}" });
  };
}

function Page({ follow, logTimes = "off" }: { follow: Follow; logTimes?: Prefs["logTimes"] }) {
  const [prefs, setPrefs] = useState<Prefs>({ ...defaultPrefs, zone: "utc", logTimes });
  return (
    <PrefsContext value={{ prefs, change: (part) => setPrefs((old) => ({ ...old, ...part })) }}>
      <LogViewer
        containers={[{ id: "main", label: "main" }]}
        container="main"
        onContainer={() => {}}
        follow={follow}
        downloadHref="/api/log"
        lineHref={(n) => `run#L${n}`}
        onLine={() => {}}
        start={new Date(start).toISOString()}
      />
      <output>{prefs.logTimes}</output>
    </PrefsContext>
  );
}

const region = () => screen.getByRole("region", { name: "Log of main" });
const shown = () => [...region().querySelectorAll("time")].map((each) => each.textContent);

async function choose(name: string): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: "Timestamps" }));
  await userEvent.click(await screen.findByRole("menuitemradio", { name }));
}

test("times are shown as chosen, and the choice is kept", async () => {
  const marks = [
    [0, start - 1500],
    [4, start + 200],
    [8, start + 63_000],
  ] as const;
  render(<Page follow={logOf("one\ntwo\nthree\n", marks)} />);
  await screen.findByText("three");
  expect(shown()).toEqual([]);
  await choose("Relative to the start of the run");
  expect(shown()).toEqual(["\u22120:01.5", "0:00.2", "1:03.0"]);
  expect(await violations()).toEqual([]);
  await choose("Absolute");
  expect(shown()).toEqual(["11:20:02.5", "11:20:04.2", "11:21:07.0"]);
  expect(region().querySelector("time")?.getAttribute("dateTime")).toBe("2026-11-23T11:20:02.500Z");
  screen.getByText("absolute");
  await choose("Off");
  expect(shown()).toEqual([]);
  screen.getByText("off");
});

test("rows that go on with a line, and lines of which it is not known, have no time", async () => {
  const marks = [[4, start]] as const;
  render(<Page follow={logOf(`old\n${"x".repeat(5000)}\n`, marks)} logTimes="relative" />);
  await waitFor(() => expect(region().querySelectorAll("[data-line]")).toHaveLength(2));
  expect(shown()).toEqual(["0:00.0"]);
});

test("that a log has no times at all is said", async () => {
  render(<Page follow={logOf("old\n", undefined)} logTimes="absolute" />);
  await screen.findByText("old");
  screen.getByText("When its lines were written was not kept.");
  expect(shown()).toEqual([]);
  await choose("Off");
  expect(screen.queryByText("When its lines were written was not kept.")).toBeNull();
});
