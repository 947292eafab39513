import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type Ref, useState } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { decodeText, encodeText } from "../lib/base64.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { violations } from "../testing/axe.ts";
import type { FormHandle, SchemaFormProps } from "./SchemaForm.tsx";
import { SchemaForm } from "./SchemaForm.tsx";
import { SpecForm } from "./SpecForm.tsx";
import { type Pickers, PickersProvider } from "./pickers.ts";

let value: JsonObject = {};
let form: FormHandle | null = null;
const handle: Ref<FormHandle> = (given) => {
  form = given;
};

type Given = Omit<SchemaFormProps, "value" | "onChange" | "label">;

function Live({ begin, given, pickers }: { begin: JsonObject; given: Given; pickers: Pickers }) {
  const [held, hold] = useState(begin);
  const change = (next: JsonObject): void => {
    value = next;
    hold(next);
  };
  return (
    <PickersProvider value={pickers}>
      <SchemaForm {...given} label="Spec" ref={handle} value={held} onChange={change} />
    </PickersProvider>
  );
}

function show(
  properties: Record<string, Json>,
  begin: JsonObject = {},
  more: Partial<Given> & { required?: string[]; pickers?: Pickers } = {},
) {
  const { required = [], pickers = {}, ...given } = more;
  const schema: Json = { type: "object", required, properties };
  return render(<Live begin={begin} pickers={pickers} given={{ schema, ...given }} />);
}

beforeEach(() => {
  localStorage.clear();
  value = {};
});

describe("values", () => {
  test("what was never typed is not there; what is emptied goes", async () => {
    show({
      a: { type: "string", title: "A", default: "dflt" },
      o: { type: "object", title: "O", properties: { b: { type: "string", title: "B" } } },
    });
    expect(value).toEqual({});
    expect(screen.getByRole("textbox", { name: "A" }).getAttribute("placeholder")).toBe("dflt unless set");
    const b = screen.getByRole("textbox", { name: "B" });
    await userEvent.type(b, "xy");
    expect(value).toEqual({ o: { b: "xy" } });
    await userEvent.clear(b);
    expect(value).toEqual({});
  });

  test("a number is typed in steps; what is none is kept and said", async () => {
    show({ n: { type: "number", title: "N", maximum: 3 } });
    const n = screen.getByRole("textbox", { name: "N" });
    await userEvent.type(n, "1.");
    expect(n).toHaveProperty("value", "1.");
    await userEvent.type(n, "5");
    expect(value).toEqual({ n: 1.5 });
    await userEvent.keyboard("{ArrowUp}{ArrowUp}");
    expect(value).toEqual({ n: 3 });
    await userEvent.type(n, "x");
    expect(value).toEqual({ n: "3x" });
    await userEvent.tab();
    screen.getByRole("textbox", { name: "N", description: "Write a number." });
  });

  test("memory is a number with a unit, and says what it comes to", async () => {
    show({
      resources: { type: "object", title: "Resources", properties: { mem: { type: ["string", "number", "object"] } } },
    });
    const mem = screen.getByRole("textbox", { name: "Memory", hidden: true });
    await userEvent.type(mem, "4");
    expect(value).toEqual({ resources: { mem: "4Gi" } });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Unit of Memory", hidden: true }), "Mi");
    expect(value).toEqual({ resources: { mem: "4Mi" } });
    screen.getByText("= 4 MiB");
    await userEvent.clear(mem);
    await userEvent.type(mem, "2G");
    expect(value).toEqual({ resources: { mem: "2G" } });
    await userEvent.clear(mem);
    await userEvent.type(mem, "4 gigs");
    await userEvent.tab();
    expect(value).toEqual({ resources: { mem: "4 gigs" } });
    screen.getByText("Write a number with a unit, such as 512Mi or 4Gi.");
  });

  test("yes or no by Space; back at what holds anyhow it is not sent", async () => {
    show({ a: { type: "boolean", title: "A" }, b: { type: "boolean", title: "B", default: true } });
    await userEvent.tab();
    await userEvent.keyboard(" ");
    expect(value).toEqual({ a: true });
    await userEvent.keyboard(" ");
    expect(value).toEqual({});
    await userEvent.click(screen.getByRole("checkbox", { name: "B" }));
    expect(value).toEqual({ b: false });
  });

  test("one of several types: the choice keeps what the other type can say", async () => {
    show({ p: { title: "P", oneOf: [{ type: "string" }, { type: "integer" }] } });
    await userEvent.type(screen.getByRole("textbox", { name: "P" }), "80");
    expect(value).toEqual({ p: "80" });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Type of P" }), "Whole number");
    expect(value).toEqual({ p: 80 });
    await userEvent.clear(screen.getByRole("textbox", { name: "P" }));
    await userEvent.type(screen.getByRole("textbox", { name: "P" }), "9");
    expect(value).toEqual({ p: 9 });
  });

  test("code goes in and out of base64 as text", async () => {
    show(
      {
        source: {
          type: "object",
          title: "Source",
          properties: {
            base64: { type: "string", title: "Code", contentEncoding: "base64" },
            lang: { type: "string", title: "Language", enum: ["text"] },
          },
        },
      },
      { source: { base64: encodeText("é = 1\n") } },
    );
    const file = new File(["def f():\n    return '👩‍🚀'\n"], "f.py");
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    if (input === null) throw new Error("no way to a file");
    await userEvent.upload(input, file);
    await waitFor(() => expect(value).toEqual({ source: { base64: encodeText("def f():\n    return '👩‍🚀'\n") } }));
  });

  test("code that is no text is not edited as one", async () => {
    show({ c: { type: "string", title: "Code", contentEncoding: "base64" } }, { c: "/////w==" });
    screen.getByText("Not a text (4 B), so it cannot be edited here.");
    await userEvent.click(screen.getByRole("button", { name: "Replace with a text" }));
    expect(decodeText(typeof value["c"] === "string" ? value["c"] : "")).toBe("");
  });
});

describe("rows", () => {
  const envs: Json = {
    type: ["array", "object"],
    title: "Environment",
    items: {
      type: "object",
      required: ["name"],
      properties: { name: { type: "string" }, value: { type: ["string", "number"] } },
    },
    additionalProperties: { type: "string" },
  };

  test("names with values by keyboard alone; a name that is there twice is said", async () => {
    show({ envs });
    const add = screen.getByRole("button", { name: "Add to Environment", hidden: true });
    add.focus();
    await userEvent.keyboard("{Enter}");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Name 1 of Environment", hidden: true })),
    );
    await userEvent.keyboard("A{Tab}1");
    expect(value).toEqual({ envs: [{ name: "A", value: "1" }] });
    await userEvent.click(add);
    await userEvent.type(screen.getByRole("textbox", { name: "Name 2 of Environment", hidden: true }), "A");
    screen.getByText("A is there twice.");
    await userEvent.click(screen.getAllByRole("button", { name: "Remove A", hidden: true })[1] ?? add);
    expect(value).toEqual({ envs: [{ name: "A", value: "1" }] });
    expect(await violations()).toEqual([]);
  });

  test("an object stays an object", async () => {
    show({ envs }, { envs: { A: "1" } });
    await userEvent.type(screen.getByRole("textbox", { name: "Value of A in Environment", hidden: true }), "2");
    expect(value).toEqual({ envs: { A: "12" } });
  });

  test("parameters take their type from what is typed, or from the choice", async () => {
    show({ parameters: { type: "object", title: "Parameters" } });
    await userEvent.click(screen.getByRole("button", { name: "Add to Parameters" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Name 1 of Parameters" }), "lr");
    const lr = screen.getByRole("textbox", { name: "Value of lr in Parameters" });
    await userEvent.type(lr, "1e-4");
    expect(value).toEqual({ parameters: { lr: 0.0001 } });
    expect(lr).toHaveProperty("value", "1e-4");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Type of Value of lr in Parameters" }), "Text");
    expect(value).toEqual({ parameters: { lr: "1e-4" } });
  });

  test("items are added, moved and taken out", async () => {
    show(
      {
        t: {
          type: "array",
          title: "T",
          items: { type: "object", properties: { name: { type: "string", title: "Name" } } },
        },
      },
      { t: [{ name: "a" }, { name: "b" }] },
    );
    await userEvent.click(screen.getByRole("button", { name: "Move b up" }));
    expect(value).toEqual({ t: [{ name: "b" }, { name: "a" }] });
    await userEvent.click(screen.getByRole("button", { name: "Add to T" }));
    const third = screen.getByRole("group", { name: "T 3" });
    await waitFor(() => expect(document.activeElement).toBe(within(third).getByRole("textbox", { name: "Name" })));
    await userEvent.keyboard("c");
    expect(value).toEqual({ t: [{ name: "b" }, { name: "a" }, { name: "c" }] });
    await userEvent.click(screen.getByRole("button", { name: "Remove b" }));
    expect(value).toEqual({ t: [{ name: "a" }, { name: "c" }] });
  });

  test("what takes a row out leaves the focus with its neighbour, the last one with the button that adds", async () => {
    show(
      {
        t: { type: "array", title: "T", items: { type: "object", properties: { name: { type: "string" } } } },
        m: { type: "object", title: "M", additionalProperties: { type: "string" } },
      },
      { t: [{ name: "a" }, { name: "b" }], m: { x: "1", y: "2" } },
    );
    for (const [names, add] of [
      [["b", "a"], "Add to T"],
      [["x", "y"], "Add to M"],
    ] as const) {
      const [first, second] = names;
      await userEvent.click(screen.getByRole("button", { name: `Remove ${first}` }));
      const left = screen.getByRole("button", { name: `Remove ${second}` });
      await waitFor(() => expect(document.activeElement).toBe(left));
      await userEvent.click(left);
      await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: add })));
    }
  });

  test("words as chips: Enter adds, Backspace takes the last away", async () => {
    show({ w: { type: "array", title: "W", items: { type: "string" } } });
    const box = screen.getByRole("combobox", { name: "W" });
    await userEvent.type(box, "one{Enter}two{Enter}");
    expect(value).toEqual({ w: ["one", "two"] });
    await userEvent.type(box, "{Backspace}");
    expect(value).toEqual({ w: ["one"] });
    await userEvent.click(screen.getByRole("button", { name: "Remove one" }));
    expect(value).toEqual({});
  });
});

describe("pickers", () => {
  test("secrets are chosen by name with the arrows, or made in place", async () => {
    const createSecret = vi.fn(async () => "fresh");
    const secrets = async (typed: string) =>
      ["hf-token", "db"].filter((n) => n.includes(typed)).map((n) => ({ value: n }));
    show(
      { secrets: { type: "array", title: "Secrets", items: { type: "string" } } },
      {},
      { pickers: { secrets, createSecret } },
    );
    const box = screen.getByRole("combobox", { name: "Secrets", hidden: true });
    await userEvent.type(box, "hf");
    await screen.findByRole("option", { name: "hf-token", hidden: true });
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(value).toEqual({ secrets: ["hf-token"] });
    await userEvent.click(screen.getByRole("button", { name: "New secret", hidden: true }));
    expect(value).toEqual({ secrets: ["hf-token", "fresh"] });
  });

  test("an input is found by name and looked for", async () => {
    const entities = vi.fn(() => async () => [{ value: "store://p/dataitem/table/cities:1", label: "cities" }]);
    const exists = async () => ({ exists: true as const, note: "1.2 GiB" });
    show(
      { d: { type: "string", title: "D", pattern: "^store://", "x-ui": { entity: "dataitem" } } },
      {},
      { pickers: { entities, exists } },
    );
    await userEvent.click(screen.getByRole("combobox", { name: "D" }));
    await userEvent.click(await screen.findByRole("option", { name: "cities" }));
    expect(value).toEqual({ d: "store://p/dataitem/table/cities:1" });
    expect(entities).toHaveBeenCalledWith({ types: ["dataitem"] });
    await screen.findByText("exists, 1.2 GiB");
  });

  test("choices that cannot be loaded leave the field usable", async () => {
    show(
      { profile: { type: "string", title: "Profile" } },
      {},
      { pickers: { profiles: () => Promise.reject(new Error("away")) } },
    );
    await userEvent.type(screen.getByRole("combobox", { name: "Profile", hidden: true }), "small");
    await waitFor(() => expect(document.body.textContent).toContain("could not be loaded"));
    expect(value).toEqual({ profile: "small" });
  });

  test("a schedule is said in words, with its next times", async () => {
    show({ schedule: { type: "string", title: "Schedule" } }, {}, { required: ["schedule"] });
    const box = screen.getByRole("textbox", { name: "Schedule" });
    await userEvent.type(box, "30 2 * * 1-5");
    expect(document.body.textContent).toContain("At 02:30 on Monday, Tuesday, Wednesday, Thursday, and Friday");
    expect(screen.getAllByRole("listitem")).toHaveLength(5);
    await userEvent.clear(box);
    await userEvent.type(box, "61 * * * *");
    expect(document.body.textContent).toContain("The minute field cannot be 61.");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Presets" }), "Every day at midnight");
    expect(value).toEqual({ schedule: "@daily" });
  });
});

describe("problems", () => {
  test("left empty is said on leaving; sent, all is said on top and leads to its field", async () => {
    show(
      {
        a: { type: "string", title: "A" },
        b: { type: "string", title: "B", pattern: "^[a-z.]+$", "x-ui": { group: "more" } },
      },
      { b: "X" },
      { required: ["a"] },
    );
    await userEvent.click(screen.getByRole("textbox", { name: "A" }));
    expect(screen.queryByText("This is needed.")).toBeNull();
    await userEvent.tab();
    screen.getByText("This is needed.");
    expect(form?.check()).toBe(false);
    const summary = await screen.findByRole("alert");
    await waitFor(() => expect(document.activeElement?.contains(summary)).toBe(true));
    const b = screen.getByRole("textbox", { name: "B", hidden: true });
    expect(b.closest("details")?.open).toBe(false);
    await userEvent.click(within(summary).getByRole("button", { name: "B: Use lowercase letters and .." }));
    expect(document.activeElement).toBe(b);
    expect(b.closest("details")?.open).toBe(true);
    expect(await violations()).toEqual([]);
  });

  test("what the server refuses stands at its field until it is changed, and nothing typed is lost", async () => {
    const schema: Json = {
      type: "object",
      properties: {
        source: { type: "object", title: "Source", properties: { handler: { type: "string", title: "Handler" } } },
      },
    };
    const given = { schema, base: "/spec" };
    const begin = { source: { handler: "f" } };
    const { rerender } = render(<Live begin={begin} pickers={{}} given={given} />);
    const errors = [{ pointer: "/spec/source/handler", message: "f is not in the code", rule: "handler" }];
    rerender(<Live begin={begin} pickers={{}} given={{ ...given, errors }} />);
    const handler = screen.getByRole("textbox", { name: "Handler", description: /f is not in the code/ });
    await waitFor(() =>
      expect(document.activeElement?.textContent).toContain("Source › Handler: f is not in the code"),
    );
    await userEvent.type(handler, "2");
    expect(value).toEqual({ source: { handler: "f2" } });
    expect(screen.queryByText("f is not in the code")).toBeNull();
  });

  test("an error at what is not drawn stands at what holds it", () => {
    const errors = [{ pointer: "/parameters/a/b", message: "no such thing" }];
    show({ parameters: { type: "object", title: "Parameters" } }, {}, { errors });
    const group = screen.getByRole("group", { name: "Parameters", description: /no such thing/ });
    expect(group.tagName).toBe("FIELDSET");
  });
});

describe("comparison and locks", () => {
  test("a field that differs says from what, and goes back", async () => {
    show(
      { epochs: { type: "integer", title: "Epochs" } },
      { epochs: 10 },
      { baseline: { label: "the last run", value: { epochs: 5 } } },
    );
    screen.getByText("was 5");
    await userEvent.click(screen.getByRole("button", { name: "Reset Epochs" }));
    expect(value).toEqual({ epochs: 5 });
    expect(screen.queryByText("was 5")).toBeNull();
  });

  test("a locked field says why and does not change", async () => {
    show({ kind: { type: "string", title: "Kind" } }, { kind: "python" }, { locked: { "/kind": "A kind stays." } });
    const kind = screen.getByRole("textbox", { name: "Kind", description: "A kind stays." });
    await userEvent.type(kind, "x");
    expect(kind).toHaveProperty("value", "python");
    expect(value).toEqual({});
  });

  test("a folded group says what is set; a required field is never folded", () => {
    show(
      {
        envs: {
          type: "array",
          title: "Envs",
          items: { type: "object", properties: { name: { type: "string" }, value: { type: "string" } } },
        },
        profile: { type: "string" },
      },
      {
        envs: [
          { name: "A", value: "1" },
          { name: "B", value: "2" },
        ],
      },
      { required: ["profile"] },
    );
    expect(screen.getByText("Environment").parentElement?.textContent).toBe("EnvironmentA · B");
    expect(screen.getByRole("textbox", { name: "Profile" }).closest("details")).toBeNull();
  });
});

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
    const change = (next: JsonObject): void => {
      value = next;
      hold(next);
    };
    return <SpecForm label="Spec" schema={schema} value={held} onChange={change} />;
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

describe("what the server says of a field", () => {
  test("one without which no run works says so as long as it is empty, and keeps nobody from saving", async () => {
    show({ entry: { type: "string", title: "Entry", "x-ui": { needed: true } } });
    const entry = screen.getByRole("textbox", { name: "Entry", description: /every run fails/ });
    expect(form?.check()).toBe(true);
    await userEvent.type(entry, "main");
    expect(screen.queryByText(/every run fails/)).toBeNull();
    expect(await violations()).toEqual([]);
  });

  test("a field that is called as its group does not say its name again", () => {
    const limits = {
      type: "object",
      title: "Limits",
      "x-ui": { group: "limits" },
      properties: { n: { type: "number" } },
    };
    const other = { type: "string", title: "Other", "x-ui": { group: "limits" } };
    show({ limits, other });
    expect(screen.getByRole("group", { name: "Limits" }).dataset["bare"]).toBe("true");
    expect(screen.getByText("Other").closest("[data-bare]")).toBeNull();
  });
});
