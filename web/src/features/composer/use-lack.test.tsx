import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { LackingArguments } from "../../entity/LackingArguments.tsx";
import type { JsonObject } from "../../lib/json.ts";
import { violations } from "../../testing/axe.ts";
import { Button } from "../../ui/button/Button.tsx";
import { useLack } from "./use-lack.ts";

const spec = (source: object) => ({
  source: { base64: btoa("def main(project, table, epochs): pass"), lang: "python", ...source },
});
const handled = spec({ handler: "main" });
const handlerless = spec({});

const nothing: JsonObject = {};
const enough: JsonObject = { inputs: { table: "store://p/t" }, parameters: { epochs: 1 } };
let started = 0;

/** A form that starts runs of a version. */
function Form({ of, start = nothing }: { of: object; start?: JsonObject }) {
  const [given, setGiven] = useState(start);
  const place = useRef<HTMLDivElement>(null);
  const lack = useLack({ of, given, applies: true, place, start: () => started++ });
  return (
    <main>
      <h1>Run</h1>
      <LackingArguments
        ref={place}
        asked={lack.asked}
        of={of}
        signature={lack.signature}
        given={given}
        onAdd={setGiven}
      />
      <Button busy={lack.waiting} onClick={() => lack.startUnlessAsked("open")}>
        {lack.asked ? "Start anyway" : "Start"}
      </Button>
    </main>
  );
}

beforeEach(() => {
  started = 0;
});

async function press(name: string) {
  await userEvent.click(screen.getByRole("button", { name }));
}

test("a run that lacks nothing starts with one press", async () => {
  render(<Form of={handled} start={enough} />);
  await press("Start");
  await waitFor(() => expect(started).toBe(1));
});

test("a function without a handler is told, and its run starts with the second press", async () => {
  render(<Form of={handlerless} />);
  const warning = screen.getByRole("group", { name: /names no handler/ });
  expect(screen.queryByText(/Start it anyway/)).toBeNull();
  await press("Start");
  expect(started).toBe(0);
  expect(document.activeElement).toBe(warning);
  expect(warning.textContent).toContain("Start it anyway, or mend this first?");
  expect(await violations()).toEqual([]);
  await press("Start anyway");
  expect(started).toBe(1);
});

test("arguments that nothing gives are asked about, and again when others lack", async () => {
  render(<Form of={handled} />);
  await screen.findByRole("group", { name: /needs table, epochs/ });
  await press("Start");
  expect(document.activeElement).toBe(screen.getByRole("group", { name: /needs table, epochs/ }));
  await press("Parameter epochs");
  await press("Start");
  expect(started).toBe(0);
  expect(document.activeElement).toBe(screen.getByRole("group", { name: /needs table/ }));
  await press("Input table");
  await press("Start");
  expect(started).toBe(1);
});

/** The parser of the code comes when it is let in, or never. */
function holdParser() {
  vi.resetModules();
  let arrive = () => {};
  let fail = () => {};
  const comes = new Promise<void>((resolve, reject) => {
    arrive = resolve;
    fail = () => reject(new Error("The network is gone."));
  });
  vi.doMock("../../code/signature.ts", async (original) => {
    await comes;
    return original();
  });
  return { arrive, fail };
}

test("a start before the code is parsed waits for that, and asks about what lacks", async () => {
  const parser = holdParser();
  render(<Form of={handled} />);
  await press("Start");
  const button = screen.getByRole("button", { name: "Start" });
  expect(button.getAttribute("aria-busy")).toBe("true");
  parser.arrive();
  const warning = await screen.findByRole("group", { name: /needs table, epochs/ });
  await screen.findByRole("button", { name: "Start anyway", busy: false });
  expect(document.activeElement).toBe(warning);
  expect(started).toBe(0);
  await press("Start anyway");
  expect(started).toBe(1);
});

test("a start that waited for the parse goes on once where nothing lacks", async () => {
  const parser = holdParser();
  render(<Form of={handled} start={enough} />);
  await press("Start");
  await press("Start");
  expect(started).toBe(0);
  parser.arrive();
  await screen.findByRole("button", { name: "Start", busy: false });
  expect(started).toBe(1);
});

test("where the code cannot be parsed, a start does not wait for ever", async () => {
  const parser = holdParser();
  render(<Form of={handled} />);
  await press("Start");
  expect(started).toBe(0);
  parser.fail();
  await screen.findByRole("button", { name: "Start", busy: false });
  expect(started).toBe(1);
});
