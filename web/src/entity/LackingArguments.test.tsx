import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import type { JsonObject } from "../lib/json.ts";
import { violations } from "../testing/axe.ts";
import { LackingArguments } from "./LackingArguments.tsx";
import { useSignature } from "./use-signature.ts";

const spec = {
  source: { base64: btoa("def main(project, table, epochs, lr=1): pass"), handler: "main", lang: "python" },
};

function Example({ start }: { start: JsonObject }) {
  const [given, setGiven] = useState(start);
  const [went, setWent] = useState("");
  return (
    <>
      <LackingArguments
        of={spec}
        signature={useSignature(spec)}
        given={given}
        fired="{{input.key}}"
        onAdd={(next, pointer) => {
          setGiven(next);
          setWent(pointer);
        }}
      />
      <output>{`${went} ${JSON.stringify(given)}`}</output>
    </>
  );
}

test("what nothing gives is offered as a parameter or as what fired, beside what is given", async () => {
  render(<Example start={{ inputs: [{ other: "store://p/x" }], parameters: { lr: 2 } }} />);
  expect(await screen.findByText("main needs table, epochs, which nothing gives yet")).toBeTruthy();
  expect(await violations()).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Give what fired as the input table" }));
  expect(screen.getByRole("status").textContent).toBe(
    '/inputs/table {"inputs":[{"other":"store://p/x"},{"table":"{{input.key}}"}],"parameters":{"lr":2}}',
  );
  await userEvent.click(screen.getByRole("button", { name: "Parameter epochs" }));
  expect(screen.getByRole("status").textContent).toContain("/parameters/epochs");
  expect(screen.queryByText(/which nothing gives yet/)).toBeNull();
});
