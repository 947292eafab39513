import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { CodeEditorProps } from "../code/props.ts";
import type { JsonObject } from "../lib/json.ts";
import { YamlForm } from "./YamlForm.tsx";

vi.mock("./LazyEditor.tsx", () => ({
  LazyEditor: ({ label, value, onChange }: CodeEditorProps) => (
    <textarea aria-label={label} value={value} onChange={(event) => onChange?.(event.target.value)} />
  ),
}));

test("a value that comes from elsewhere mends a text that could not be read", () => {
  const onBroken = vi.fn();
  const draw = (value: JsonObject) => (
    <YamlForm label="Spec" schema={{ type: "object" }} value={value} onChange={() => {}} onBroken={onBroken} />
  );
  const { rerender } = render(draw({ a: 1 }));
  const editor = screen.getByRole("textbox", { name: "Spec, YAML" });
  fireEvent.change(editor, { target: { value: "a: [" } });
  expect(onBroken).toHaveBeenLastCalledWith(true);
  rerender(draw({ b: 2 }));
  expect(editor).toHaveProperty("value", "b: 2\n");
  expect(onBroken).toHaveBeenLastCalledWith(false);
});
