import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import type { JsonObject } from "../lib/json.ts";
import { violations } from "../testing/axe.ts";
import { SchemaForm } from "./SchemaForm.tsx";

const schema = {
  type: "object",
  properties: {
    source: {
      type: "object",
      properties: {
        handler: { type: "string", title: "Handler", "x-ui": { needed: true } },
        code: { type: "string", title: "Code", "x-ui": { widget: "textarea" } },
      },
    },
  },
};

const nothing: JsonObject = {};

function Form({ fills, start = nothing }: { fills: boolean; start?: JsonObject }) {
  const [value, setValue] = useState<JsonObject>(start);
  return (
    <>
      <SchemaForm label="Spec" schema={schema} value={value} onChange={setValue} fills={fills} />
      <button onClick={() => setValue(withCode(value, "def later(): pass"))}>Other code</button>
      <button onClick={() => setValue(withCode(value, "def one(): pass\ndef two(): pass"))}>Two functions</button>
    </>
  );
}

const withCode = (value: JsonObject, code: string): JsonObject => ({
  source: { ...(value["source"] as JsonObject | undefined), code },
});
const handler = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Handler" });
const other = () => userEvent.click(screen.getByRole("button", { name: "Other code" }));

test("the only function of the code is filled into a new form, and follows the code until somebody types", async () => {
  render(<Form fills start={withCode({}, "def train(a): pass")} />);
  await expect.poll(() => handler().value).toBe("train");
  await other();
  await expect.poll(() => handler().value).toBe("later");
  await userEvent.clear(handler());
  // What was taken out by hand is offered, not filled in again.
  expect(await screen.findByRole("button", { name: "Use later, as the code says" })).toBeTruthy();
  expect(handler().value).toBe("");
  await userEvent.type(handler(), "mine");
  await userEvent.click(screen.getByRole("button", { name: "Two functions" }));
  await other();
  expect(handler().value).toBe("mine");
});

test("nothing is filled in under who is in the field: what is typed stands alone", async () => {
  render(<Form fills />);
  await userEvent.click(handler());
  fireEvent.click(screen.getByRole("button", { name: "Other code" })); // the focus stays
  expect(await screen.findByRole("button", { name: "Use later, as the code says" })).toBeTruthy();
  await userEvent.keyboard("mine");
  expect(handler().value).toBe("mine");
});

test("a form of something that is there offers it, and leads to the field", async () => {
  render(<Form fills={false} start={withCode({}, "def train(a): pass")} />);
  const offer = await screen.findByRole("button", { name: "Use train, as the code says" });
  expect(handler().value).toBe("");
  expect(await violations()).toEqual([]);
  await userEvent.click(offer);
  expect(handler().value).toBe("train");
  expect(document.activeElement).toBe(handler());
  expect(screen.queryByRole("button", { name: /as the code says/ })).toBeNull();
});

test("code that tells of several offers none", async () => {
  render(<Form fills start={withCode({}, "def train(a): pass")} />);
  await expect.poll(() => handler().value).toBe("train");
  await userEvent.clear(handler());
  await screen.findByRole("button", { name: /as the code says/ });
  await userEvent.click(screen.getByRole("button", { name: "Two functions" }));
  await expect.poll(() => screen.queryByRole("button", { name: /as the code says/ })).toBeNull();
});
