import { type RefObject, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import type { NewRun } from "./mutations.ts";
import { mostSwept, type SweepDraft, sweepProblem, sweepValues } from "./sweep.ts";
import { useCreate } from "./use-create.ts";
import { useLack } from "./use-lack.ts";
import type { StepForms } from "./use-lead-to-field.ts";

interface Starting {
  project: string;
  name: string;
  run: NewRun;
  sweep: SweepDraft | undefined;
  /** The specification of the version that is executed. */
  executed: unknown;
  /** Whether runs of this kind are given arguments. */
  takesArguments: boolean;
  forms: StepForms;
  /** The warning that says what the run lacks. */
  warning: RefObject<HTMLElement | null>;
  /** Called when the server has taken what was typed. */
  onCreated: () => void;
}

/** Starts what is composed: one run or a sweep, once its forms are sound and what it lacks was asked about. */
export function useStart(of: Starting) {
  const { project, name, run, sweep, executed, takesArguments, forms, warning, onCreated } = of;
  const m = useMessages();
  const blocked = useWriteBlock();
  const [broken, setBroken] = useState(false);
  const creating = useCreate({ project, name, onCreated });
  const { errors, refused, failure } = creating;
  const values = sweep === undefined ? [] : sweepValues(sweep.values);
  const problem = sweep === undefined ? undefined : sweepProblem(sweep);
  const sweepWords = { few: m.composer.sweep.few, many: m.composer.sweep.many(mostSwept) };
  const sweepSays = problem === undefined ? undefined : sweepWords[problem];
  const block = blocked ?? sweepSays ?? (broken ? m.forms.yamlMode.cannotSwitch : undefined);
  const lack = useLack({
    of: executed,
    given: run.spec,
    applies: takesArguments,
    place: warning,
    start: (then: "open" | "stay") => {
      if (sweep === undefined) creating.one(run, then);
      else creating.sweep(run, sweep, values);
    },
  });
  const busy = creating.busy || lack.waiting;
  const submit = (then: "open" | "stay") => {
    if (busy || block !== undefined) return;
    // The one checked last has the focus when both are wrong: the first of the page.
    const sound = [forms.data.current?.check(), forms.configuration.current?.check()];
    if (!sound.includes(false)) lack.startUnlessAsked(then);
  };
  useShortcuts({ "mod+enter": () => submit("open") });
  return {
    /** What the server said against it: of fields, of the first of them, of the whole. */
    errors,
    refused,
    failure,
    lack,
    /** Whether what is written as YAML cannot be read, and what says so. */
    broken,
    setBroken,
    /** How many runs a sweep starts, and why it cannot. */
    swept: values.length,
    sweepSays,
    /** Why nothing can be started now. */
    block,
    busy,
    submit,
  };
}

/** What the parts of the page know of the start. */
export type Starter = ReturnType<typeof useStart>;
