import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { decodeText, encodeText } from "../lib/base64.ts";
import type { Json } from "../lib/json.ts";
import { violations } from "../testing/axe.ts";
import { form, Live, show, value } from "../testing/schema-form.tsx";

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
