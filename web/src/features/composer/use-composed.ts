import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useKeptNotice } from "../../entity/edit/use-kept-notice.ts";
import { draftKey } from "../../forms/drafts.ts";
import type { Field } from "../../forms/field.ts";
import { useDraft } from "../../forms/use-draft.ts";
import { useMessages } from "../../i18n/language.ts";
import { equal, type Json, type JsonObject } from "../../lib/json.ts";
import { useToast } from "../../ui/toast/toast.ts";
import { beginsWith } from "./begin.ts";
import { type Beside, besideIn, besideOut } from "./beside.ts";
import { type Start, takeOver } from "./spec.ts";

const route = getRouteApi("/p/$project/functions/$name/run");

interface Composing {
  kind: string;
  action: string;
  /** The run that the form is filled from. */
  origin: Start | undefined;
  /** The members of a specification that the kind lets people set. */
  names: readonly string[];
  root: Field;
  /** The ids of the versions that can be executed. */
  versions: readonly string[];
  /** The one that is executed unless another is chosen. */
  version: string;
}

/**
 * What is composed: a specification, and the version and sweep beside it. It is kept as a draft while it is typed; what
 * was typed gives way to another start, and comes back by Undo.
 */
export function useComposed({ kind, action, origin, names, root, versions, version }: Composing) {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const { project, name } = route.useParams();
  const search = route.useSearch();
  const { from } = search;
  const base = useMemo(() => takeOver(origin?.spec ?? {}, names), [origin, names]);
  const usual: Beside = { version, sweep: undefined };
  const draft = draftKey("run", `${project}/${name}`, `${kind} ${from ?? ""}`);
  const [began] = useState(() => beginsWith(origin, names, search));
  const [spec, setSpec] = useState<JsonObject>(began);
  const [beganBeside] = useState(usual);
  const [beside, setBeside] = useState<Beside>(beganBeside);
  const drafts = useDraft(draft, origin?.id ?? "", root, began, besideOut(beganBeside));
  useKeptNotice(drafts);
  const put = (next: JsonObject, other: Beside) => {
    drafts.keep(next, besideOut(other));
    setSpec(next);
    setBeside(other);
  };
  const startFrom = (next: JsonObject) => {
    if (equal(next, spec)) return;
    const typed = !equal(spec, began);
    put(next, beside);
    if (typed) toast({ tone: "info", text: m.composer.start.replaced, undo: () => put(spec, beside) });
  };
  return {
    spec,
    beside,
    /** What of the run before is taken over, with which the review compares. */
    base,
    drafts,
    change: (next: JsonObject) => put(next, beside),
    changeBeside: (part: Partial<Beside>) => put(spec, { ...beside, ...part }),
    restore: (found: JsonObject, its: Json | undefined) => put(found, besideIn(its, versions, usual)),

    /** Begins anew from a specification. */
    startFrom,

    /** Begins anew from a run, which the address names. */
    pick: (run: string) => {
      if (run === from) return startFrom(base);
      const typed = !equal(spec, began) || !equal(besideOut(beside), besideOut(usual));
      drafts.leaveUntold(); // its own message says so
      const to = { to: "/p/$project/functions/$name/run", params: { project, name } } as const;
      void navigate({ ...to, search: { action, from: run } });
      if (!typed) return;
      toast({
        tone: "info",
        text: m.composer.start.replaced,
        undo: () => void navigate({ ...to, search, state: { restoreDraft: draft } }),
      });
    },
  };
}
