import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { expect, test } from "vitest";
import { LackingArguments } from "../../entity/LackingArguments.tsx";
import type { JsonObject } from "../../lib/json.ts";
import { violations } from "../../testing/axe.ts";
import { useLack } from "./use-lack.ts";

const spec = (source: object) => ({
  source: { base64: btoa("def main(project, table, epochs): pass"), lang: "python", ...source },
});
const handled = spec({ handler: "main" });
const handlerless = spec({});

const nothing: JsonObject = {};
let started = 0;

/** A form that starts runs of a version. */
function Form({ of, start = nothing }: { of: object; start?: JsonObject }) {
  const [given, setGiven] = useState(start);
  const place = useRef<HTMLDivElement>(null);
  const lack = useLack(of, given, true, place);
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
      <button
        onClick={() => {
          if (lack.mayStart()) started++;
        }}
      >
        {lack.asked ? "Start anyway" : "Start"}
      </button>
    </main>
  );
}

async function press(name: string) {
  await userEvent.click(screen.getByRole("button", { name }));
}

test("a run that lacks nothing starts with one press", async () => {
  started = 0;
  render(<Form of={handled} start={{ inputs: { table: "store://p/t" }, parameters: { epochs: 1 } }} />);
  await press("Start");
  expect(started).toBe(1);
});

test("a function without a handler is told, and its run starts with the second press", async () => {
  started = 0;
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
  started = 0;
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
