import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { encodeText } from "../../lib/base64.ts";
import { violations } from "../../testing/axe.ts";
import { ToastProvider } from "../../ui/toast/ToastProvider.tsx";
import { Conflict } from "./Conflict.tsx";
import type { EntityDocument } from "./document.ts";

const code = (last: string) => encodeText(`def main():\n    a = 1\n    b = 2\n    c = 3\n    return ${last}\n`);
const sample = (last: string, description: string): EntityDocument => ({
  name: "train",
  kind: "made-up",
  metadata: { description },
  spec: { source: { base64: code(last), lang: "python" } },
});

const places = {
  spec: {
    type: "object",
    properties: { source: { type: "object", title: "Source", properties: { base64: { type: "string" } } } },
  },
};

function Page({ onMerged }: { onMerged: (merged: EntityDocument) => void }) {
  const [merged, setMerged] = useState(false);
  return (
    <ToastProvider>
      <main>
        <h1 tabIndex={-1} data-page-title>
          Edit train
        </h1>
        {!merged && (
          <Conflict
            base={{ version: "v1", document: sample("a", "Words") }}
            mine={sample("b", "My words")}
            theirs={{ version: "v2", document: sample("c", "Words") }}
            places={places}
            onMerged={(next) => {
              onMerged(next);
              setMerged(true);
            }}
          />
        )}
      </main>
    </ToastProvider>
  );
}

test("the focus goes to what happened, code is shown by what differs in it, and the page has the focus after it", async () => {
  const merged: EntityDocument[] = [];
  render(<Page onMerged={(next) => merged.push(next)} />);
  const heading = screen.getByRole("heading", { name: "Somebody else saved meanwhile" });
  expect(document.activeElement).toBe(heading);
  expect(document.getElementById(heading.getAttribute("aria-describedby") ?? "")?.textContent).toContain(
    "One place was changed by both.",
  );
  const row = within(screen.getByRole("row", { name: /base64/ }));
  await row.findByRole("textbox", { name: "Source › Code, Yours" });
  await row.findByRole("textbox", { name: "Source › Code, v2" });
  expect(row.getAllByText(/Keep/)).toHaveLength(2);
  screen.getByRole("rowheader", { name: /^Description/ });
  expect(await violations()).toEqual([]);
  await userEvent.click(row.getByRole("radio", { name: /Keep theirs/ }));
  await userEvent.click(screen.getByRole("button", { name: "Continue with this" }));
  expect(merged).toEqual([sample("c", "My words")]);
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Edit train" }));
  expect(screen.getByRole("status").textContent).toContain("Nothing is saved yet");
});

test("of code that one took out and the other wrote anew, both can be kept", async () => {
  const told = (text?: string): EntityDocument => ({
    name: "train",
    kind: "made-up",
    metadata: {},
    spec: text === undefined ? {} : { code: text },
  });
  render(
    <Conflict
      base={{ version: "v1", document: told() }}
      mine={told("")}
      theirs={{ version: "v2", document: told("a\nb\nc\nd\n") }}
      onMerged={() => {}}
    />,
  );
  expect(screen.getAllByRole("radio")).toHaveLength(2);
  await screen.findByRole("textbox", { name: "Code, v2" });
});
