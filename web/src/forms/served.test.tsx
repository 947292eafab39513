import { render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { isObject, type Json, type JsonObject } from "../lib/json.ts";
import { violations } from "../testing/axe.ts";
import { readSchema } from "./dialect.ts";
import type { Field } from "./field.ts";
import { type Hints, readHints } from "./hints.ts";
import { SchemaForm } from "./SchemaForm.tsx";
import { validate } from "./validate.ts";
import { variantOf } from "./union.ts";
import { readYaml, writeYaml } from "./yaml-text.ts";
import artifact from "./testdata/artifact.json" with { type: "json" };
import dataitem from "./testdata/dataitem.json" with { type: "json" };
import functions from "./testdata/function.json" with { type: "json" };
import metadata from "./testdata/metadata.json" with { type: "json" };
import model from "./testdata/model.json" with { type: "json" };
import project from "./testdata/project.json" with { type: "json" };
import run from "./testdata/run.json" with { type: "json" };
import secret from "./testdata/secret.json" with { type: "json" };
import task from "./testdata/task.json" with { type: "json" };
import trigger from "./testdata/trigger.json" with { type: "json" };
import workflow from "./testdata/workflow.json" with { type: "json" };
import everything from "./fixtures/everything.json" with { type: "json" };

interface Served {
  id: string;
  kind: string;
  schema: Json;
  uiSchema?: Json;
}

/** What the server answers, as far as it is read here. */
function served(list: unknown): Served[] {
  return (Array.isArray(list) ? list : []).flatMap((one: unknown): Served[] => {
    if (!isObject(one)) throw new Error("a schema is no object");
    const { id, kind, schema, uiSchema } = one;
    if (typeof id !== "string" || typeof kind !== "string" || schema === undefined)
      throw new Error("a schema misses a part");
    return [{ id, kind, schema, ...(uiSchema === undefined ? {} : { uiSchema }) }];
  });
}

const all = [artifact, dataitem, functions, metadata, model, project, run, secret, task, trigger, workflow].flatMap(
  served,
);

/** The least that a field accepts. */
function least(field: Field): Json | undefined {
  switch (field.type) {
    case "object": {
      const needed = field.fields.filter((f) => f.required).map((f) => [f.name, least(f) ?? null]);
      return Object.fromEntries(needed);
    }
    case "map":
      return { a: least(field.item) ?? null };
    case "list":
      return [least(field.item) ?? null];
    case "text":
      if (field.pattern?.startsWith("^store://") === true) return "store://p/dataitem/table/cities";
      if (field.pattern?.startsWith("^secret://") === true) return "secret://token";
      if (field.name === "schedule") return "@daily";
      return field.examples.find((e) => typeof e === "string") ?? "x";
    case "number":
      return field.min ?? 1;
    case "boolean":
      return true;
    case "choice":
      return field.options.find((o) => o.value !== "")?.value;
    case "union":
      return least(variantOf(field, undefined) ?? field);
    case "any":
    case "island":
      return { a: 1 };
  }
}

/** The least of everything, needed or not. */
function most(field: Field): Json | undefined {
  if (field.type !== "object") return least(field);
  return Object.fromEntries(field.fields.map((f) => [f.name, most(f) ?? null]));
}

function minimum(field: Field): JsonObject {
  const value = least(field);
  return isObject(value) ? value : {};
}

function Live({ one, begin }: { one: Served; begin: JsonObject }) {
  const [value, change] = useState(begin);
  return <SchemaForm label={one.id} schema={one.schema} uiSchema={one.uiSchema} value={value} onChange={change} />;
}

function reading(one: Served): { root: Field; hints: Hints } {
  return { root: readSchema(one.schema), hints: readHints(one.uiSchema) };
}

test("the server's schemas are here", () => {
  expect(all.map((s) => s.id)).toEqual(
    expect.arrayContaining(["FUNCTION:python", "TASK:python+job", "RUN:python+job:run", "TRIGGER:scheduler"]),
  );
});

describe.each([...all, ...served(everything)])("$id", (one) => {
  const { root, hints } = reading(one);

  test("is drawn without an island and accepted at its least", async () => {
    const { container } = render(<Live one={one} begin={{}} />);
    screen.getByRole("group", { name: one.id });
    expect(container.querySelectorAll("[data-island]")).toHaveLength(one.kind === "everything" ? 1 : 0);
    expect(validate(root, hints, minimum(root))).toEqual([]);
    expect(await violations(container)).toEqual([]);
  });

  test("is drawn with all of it set", async () => {
    const value = most(root);
    const { container } = render(<Live one={one} begin={isObject(value) ? value : {}} />);
    expect(await violations(container)).toEqual([]);
  });

  test("goes to YAML and back unchanged, always as the same text", () => {
    for (const value of [minimum(root), most(root)]) {
      const text = writeYaml(value ?? {}, root, hints);
      const back = readYaml(text);
      expect("value" in back ? back.value : back.problems).toEqual(value);
      expect(writeYaml("value" in back ? back.value : {}, root, hints)).toBe(text);
    }
  });
});
