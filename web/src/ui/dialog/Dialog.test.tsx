import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { violations } from "../../testing/axe.ts";
import { useShortcuts } from "../keys/use-shortcuts.ts";
import { Page } from "../page/Page.tsx";
import { ConfirmDanger } from "./ConfirmDanger.tsx";
import { Dialog } from "./Dialog.tsx";
import { Drawer } from "./Drawer.tsx";

function Opened({ drawer = false }: { drawer?: boolean }) {
  const [open, setOpen] = useState(false);
  const Part = drawer ? Drawer : Dialog;
  return (
    <>
      <button onClick={() => setOpen(true)}>Open</button>
      <Part open={open} onOpenChange={setOpen} title="Rename" description="The old name is forgotten.">
        <label>
          New name <input />
        </label>
      </Part>
    </>
  );
}

test.each([false, true])(
  "a dialog takes the focus, closes with Escape and gives it back (drawer: %s)",
  async (drawer) => {
    render(<Opened drawer={drawer} />);
    const opener = screen.getByRole("button", { name: "Open" });
    await userEvent.click(opener);
    screen.getByRole("dialog", { name: "Rename", description: "The old name is forgotten." });
    expect(document.activeElement).toBe(screen.getByLabelText("New name"));
    expect(await violations()).toEqual([]);
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(opener));
  },
);

function Deleted() {
  const [open, setOpen] = useState(false);
  const [there, setThere] = useState(true);
  return (
    <Page title="People">
      {there && <button onClick={() => setOpen(true)}>Delete selected</button>}
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete"
        onSubmit={() => {
          setOpen(false);
          setThere(false);
        }}
        footer={<button type="submit">Really delete</button>}
      />
    </Page>
  );
}

test("where what opened it is gone, the heading of the page takes the focus", async () => {
  render(<Deleted />);
  await userEvent.click(screen.getByRole("button", { name: "Delete selected" }));
  await userEvent.click(screen.getByRole("button", { name: "Really delete" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading", { name: "People" })));
});

function Composed() {
  const [there, setThere] = useState(true);
  const [open, setOpen] = useState(false);
  return (
    <Page title="People">
      {there ? (
        <>
          <button onClick={() => setOpen(true)}>Compose</button>
          <Dialog
            open={open}
            onOpenChange={setOpen}
            title="Choose"
            footer={<button onClick={() => setThere(false)}>Go</button>}
          />
        </>
      ) : (
        <input aria-label="Filled in" ref={(field) => field?.focus()} />
      )}
    </Page>
  );
}

test("a field that the page gives the focus when the dialog goes keeps it", async () => {
  render(<Composed />);
  await userEvent.click(screen.getByRole("button", { name: "Compose" }));
  await userEvent.click(screen.getByRole("button", { name: "Go" }));
  const field = screen.getByRole("textbox", { name: "Filled in" });
  // The dialog gives the focus back after all that is done now.
  await new Promise((done) => setTimeout(done));
  expect(document.activeElement).toBe(field);
});

test("a danger lists what goes and waits for the name", async () => {
  const confirm = vi.fn();
  render(
    <ConfirmDanger
      open
      onOpenChange={() => {}}
      title="Delete project demo"
      effects={["3 functions", "41 runs"]}
      counting="Counting…"
      submit="Delete project"
      retype="demo"
      busy={false}
      failure="The server said no."
      onConfirm={confirm}
    />,
  );
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["3 functions", "41 runs"]);
  expect(screen.getByRole("alert").textContent).toContain("The server said no.");
  await userEvent.click(screen.getByRole("button", { name: "Delete project", description: "Type demo first." }));
  expect(confirm).not.toHaveBeenCalled();
  await userEvent.type(screen.getByRole("textbox", { name: "Type demo to confirm" }), "demo");
  expect(await violations()).toEqual([]);
  await userEvent.keyboard("{Enter}");
  expect(confirm).toHaveBeenCalledTimes(1);
});

function Behind({ saved, named }: { saved: () => void; named: () => void }) {
  useShortcuts({ "mod+s": saved, "mod+enter": saved });
  return (
    <Dialog open onOpenChange={() => {}} title="Name it" onSubmit={named} footer={<button type="submit">Keep</button>}>
      <Inside />
    </Dialog>
  );
}

function Inside() {
  const [name, setName] = useState("");
  return <input aria-label="Name" value={name} onChange={(event) => setName(event.target.value)} />;
}

test("Ctrl S and Ctrl Enter submit the dialog in which one types, and never the page behind it", async () => {
  const saved = vi.fn();
  const named = vi.fn();
  render(<Behind saved={saved} named={named} />);
  await userEvent.click(screen.getByLabelText("Name"));
  await userEvent.keyboard("x{Control>}s{/Control}");
  expect(named).toHaveBeenCalledTimes(1);
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(named).toHaveBeenCalledTimes(2);
  expect(saved).not.toHaveBeenCalled();
});

function Asks({ saved, kept }: { saved: () => void; kept: () => void }) {
  useShortcuts({ "mod+s": saved });
  return (
    <Dialog open onOpenChange={() => {}} title="Edit">
      <Keeps kept={kept} />
    </Dialog>
  );
}

function Keeps({ kept }: { kept: () => void }) {
  useShortcuts({ "mod+s": kept });
  return <input aria-label="Name" />;
}

test("what stands in a dialog without a form of its own has its keys, the page behind has none", async () => {
  const saved = vi.fn();
  const kept = vi.fn();
  render(<Asks saved={saved} kept={kept} />);
  await userEvent.click(screen.getByLabelText("Name"));
  await userEvent.keyboard("{Control>}s{/Control}");
  expect(kept).toHaveBeenCalledTimes(1);
  expect(saved).not.toHaveBeenCalled();
});
