import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { LazyPalette } from "./LazyPalette.tsx";

vi.mock("./Palette.tsx", () => {
  throw new Error("the file is gone");
});

function Example() {
  const [open, setOpen] = useState(true);
  return (
    <>
      <input aria-label="Name" />
      <output>{open ? "asked for" : "given up"}</output>
      <LazyPalette open={open} project="demo" onOpenChange={setOpen} onHelp={() => {}} onTheme={() => {}} />
    </>
  );
}

test("a palette that cannot come gives the keys back", async () => {
  render(<Example />);
  await screen.findByText("given up");
  await userEvent.type(screen.getByLabelText("Name"), "train");
  expect(screen.getByLabelText("Name")).toHaveProperty("value", "train");
});
