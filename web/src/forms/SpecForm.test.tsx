import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../lib/json.ts";
import { SpecForm } from "./SpecForm.tsx";

describe("YAML", () => {
  const schema: Json = {
    type: "object",
    properties: {
      parameters: { type: "object", title: "Parameters" },
      schedule: { type: "string", title: "Schedule" },
    },
  };
  function Spec({ begin }: { begin: JsonObject }) {
    const [held, hold] = useState(begin);
    return <SpecForm label="Spec" schema={schema} value={held} onChange={hold} />;
  }

  test("over to YAML and back", async () => {
    render(<Spec begin={{ parameters: { epochs: 10 } }} />);
    await userEvent.click(screen.getByRole("button", { name: "YAML" }));
    const editor = await screen.findByRole("textbox", { name: "Spec, YAML" });
    await waitFor(() =>
      expect(editor.textContent === "" ? Reflect.get(editor, "value") : editor.textContent).toContain("epochs: 10"),
    );
    await userEvent.click(screen.getByRole("button", { name: "Form" }));
    screen.getByDisplayValue("epochs");
    expect(screen.getByRole("button", { name: "Form" }).getAttribute("aria-pressed")).toBe("true");
  });
});
