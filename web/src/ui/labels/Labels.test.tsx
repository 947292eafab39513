import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe.ts";
import { LabelEditor } from "./LabelEditor.tsx";

function Example() {
  const [value, setValue] = useState<readonly string[]>(["demo"]);
  return (
    <>
      <LabelEditor label="Labels" value={value} onChange={setValue} suggestions={["ml"]} />
      <output>{value.join("|")}</output>
    </>
  );
}

test("words are added once and removed by key and by button", async () => {
  render(<Example />);
  const input = screen.getByRole("combobox", { name: "Labels" });
  await userEvent.type(input, "ml{Enter}demo,etl{Enter}");
  expect(screen.getByRole("status").textContent).toBe("demo|ml|etl");
  expect(await violations()).toEqual([]);
  await userEvent.type(input, "{Backspace}");
  await userEvent.click(screen.getByRole("button", { name: "Remove label demo" }));
  expect(screen.getByRole("status").textContent).toBe("ml");
  expect(document.activeElement).toBe(input);
});

test("Enter that ends the writing of a word by an input method adds nothing yet", () => {
  render(<Example />);
  const input = screen.getByRole("combobox", { name: "Labels" });
  fireEvent.change(input, { target: { value: "けん" } });
  fireEvent.keyDown(input, { key: "Enter", isComposing: true });
  fireEvent.keyDown(input, { key: "Enter", keyCode: 229 });
  expect(screen.getByRole("status").textContent).toBe("demo");
  fireEvent.keyDown(input, { key: "Enter" });
  expect(screen.getByRole("status").textContent).toBe("demo|けん");
});
