import { parser } from "@lezer/python";

type Node = ReturnType<typeof parser.parse>["topNode"];

/** What a function of some code is called with. */
export interface Signature {
  name: string;
  /** The arguments that have no value of their own, in order; those that a run gets by itself are left out. */
  required: readonly string[];
  /** Those that have one. */
  optional: readonly string[];
}

/** What a job hands to the function whether or not anybody gives it. */
const injected: ReadonlySet<string> = new Set(["project", "run", "context", "event"]);
/** Decorators that leave the arguments as they are. */
const harmless = /^@\s*(?:[\w.]+\.)?handler\b/;

/**
 * The signature of the function that an entry point names within its code: of a function of the module, written as
 * `name` or `module:name`. Undefined where that cannot be told: another language, no such function, one that a
 * decorator may have changed.
 */
export function signatureOf(text: string, language: string, handler: string): Signature | undefined {
  if (language !== "python") return undefined;
  const name = handler.slice(handler.lastIndexOf(":") + 1);
  let found: Node | undefined;
  for (const statement of children(parser.parse(text).topNode)) {
    // Of several with one name the last counts, as when the module is executed.
    if (textOf(definition(statement)?.getChild("VariableName") ?? null, text) === name) found = statement;
  }
  const list = found === undefined ? undefined : definition(found)?.getChild("ParamList");
  if (found === undefined || !list) return undefined;
  const decorators = found.getChildren("Decorator");
  if (decorators.some((decorator) => !harmless.test(textOf(decorator, text)))) return undefined;
  return { name, ...argumentsOf(list, text) };
}

/**
 * The function that runs of some code most likely begin with: the only one of the module, or its main. Undefined where
 * that cannot be told.
 */
export function entryOf(text: string, language: string): string | undefined {
  if (language !== "python") return undefined;
  const names = new Set(
    children(parser.parse(text).topNode)
      .map((statement) => textOf(definition(statement)?.getChild("VariableName") ?? null, text))
      .filter((name) => name !== ""),
  );
  const [only] = names;
  return names.size === 1 ? only : names.has("main") ? "main" : undefined;
}

function definition(statement: Node): Node | null {
  return statement.name === "FunctionDefinition" ? statement : statement.getChild("FunctionDefinition");
}

function argumentsOf(list: Node, text: string): Omit<Signature, "name"> {
  const all: { name: string; optional: boolean; rest: boolean }[] = [];
  let star = false;
  let fresh = true; // a name here is an argument, not part of its default
  for (const part of children(list)) {
    if (part.name === ",") [star, fresh] = [false, true];
    else if (part.name === "*" || part.name === "**") star = true;
    else if (part.name === "AssignOp") {
      const last = all.at(-1);
      if (last !== undefined) last.optional = true;
    } else if (part.name === "VariableName" && fresh) {
      all.push({ name: textOf(part, text), optional: false, rest: star });
      fresh = false;
    }
  }
  const named = all.filter(({ name, rest }) => !rest && !injected.has(name));
  return {
    required: named.filter(({ optional }) => !optional).map(({ name }) => name),
    optional: named.filter(({ optional }) => optional).map(({ name }) => name),
  };
}

function children(node: Node): readonly Node[] {
  const out: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) out.push(child);
  return out;
}

function textOf(node: Node | null, text: string): string {
  return node === null ? "" : text.slice(node.from, node.to);
}
