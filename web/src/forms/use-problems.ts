import { useMemo, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import { equal, type JsonObject } from "../lib/json.ts";
import type { Field } from "./field.ts";
import type { Hints } from "./hints.ts";
import { type Home, homeOf } from "./home.ts";
import { type Problem, validate } from "./validate.ts";
import { below, get } from "./value.ts";

/** A field that the server refused (api/error.ts). */
export interface ServerError {
  pointer: string;
  message: string;
}

/** A problem in its place. */
export interface Shown {
  problem: Problem;
  home: Home;
}

interface Problems {
  /** All that is wrong now, whether it is shown or not. */
  all: readonly Problem[];
  shown: readonly Shown[];
  /** Shows a field's problems from now on. */
  touch: (pointer: string) => void;
  /** Shows everything. */
  reveal: () => void;
  revealed: boolean;
}

const none: readonly ServerError[] = [];

/**
 * What is wrong with a form, and which of it is to be shown: of fields that were left, of all once it was sent,
 * and what the server refused until the field is changed.
 */
export function useProblems(
  root: Field,
  hints: Hints,
  value: JsonObject,
  errors: readonly ServerError[] = none,
  base: string,
  omit: readonly string[],
): Problems {
  const words = useMessages().forms;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [revealed, setRevealed] = useState(false);
  // The value that the server has refused: what was changed since is no longer what it spoke of.
  const [refused, setRefused] = useState({ errors, value });
  if (refused.errors !== errors) setRefused({ errors, value });
  const all = useMemo(() => validate(root, hints, value, "", omit), [root, hints, value, omit]);
  const shown = useMemo(() => {
    const place = (problem: Problem): Shown => ({
      problem,
      home: homeOf(root, hints, value, problem.pointer, omit, words),
    });
    const own = all
      .map(place)
      .filter(({ problem, home }) => revealed || touched.has(problem.pointer) || touched.has(home.pointer));
    const said = errors
      .map((e) => ({ ...e, pointer: below(e.pointer, base) ?? e.pointer }))
      .filter((e) => equal(get(value, e.pointer), get(refused.value, e.pointer)))
      .map((e) => place({ pointer: e.pointer, rule: "server", message: e.message }));
    // Where both object, the client's words are about the form.
    return [...own, ...said.filter((s) => !own.some((o) => o.problem.pointer === s.problem.pointer))];
  }, [all, root, hints, value, omit, words, revealed, touched, errors, base, refused]);
  return {
    all,
    shown,
    revealed,
    touch: (pointer) => setTouched((old) => (old.has(pointer) ? old : new Set([...old, pointer]))),
    reveal: () => setRevealed(true),
  };
}
