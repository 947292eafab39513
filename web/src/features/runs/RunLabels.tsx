import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { runChanges } from "./mutations.ts";
import type { RunDoc } from "./run.ts";
import css from "./RunPage.module.css";

/** The labels of a run, edited in place; the message afterwards takes the change back. */
export function RunLabels({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [draft, setDraft] = useState<readonly string[] | undefined>(undefined);
  const bulk = useMutation(runChanges.bulk(project));
  const place = useRef<HTMLSpanElement>(null);
  const editing = draft !== undefined;
  const before = useRef(editing);
  // What was pressed is gone: the focus goes to what has taken its place.
  useEffect(() => {
    if (before.current === editing) return;
    before.current = editing;
    place.current?.querySelector<HTMLElement>(editing ? "input" : "button")?.focus();
  }, [editing]);
  const held = run.metadata.labels ?? [];
  if (draft === undefined) {
    return (
      <span ref={place} className={css.labels}>
        <LabelList labels={held} />
        <Button size="small" tone="quiet" disabledReason={blocked} onClick={() => setDraft(held)}>
          {m.runs.page.editLabels}
        </Button>
      </span>
    );
  }
  const add = draft.filter((label) => !held.includes(label));
  const remove = held.filter((label) => !draft.includes(label));
  const failed = (error: unknown) => toast({ tone: "error", text: errorText(error) });
  const save = () => {
    if (add.length + remove.length === 0) return setDraft(undefined);
    return bulk.mutate(
      { action: "label", ids: [run.id], add, remove },
      {
        onSuccess: () => {
          toast({
            tone: "success",
            text: m.runs.page.labelsSaved,
            undo: () =>
              void bulk.mutateAsync({ action: "label", ids: [run.id], add: remove, remove: add }).catch(failed),
          });
          setDraft(undefined);
        },
        onError: failed,
      },
    );
  };
  return (
    <span ref={place} className={css.labelEdit}>
      <LabelEditor label={m.runs.columns.labels} value={draft} onChange={setDraft} />
      <span className={css.labels}>
        <Button size="small" tone="primary" busy={bulk.isPending} disabledReason={blocked} onClick={save}>
          {m.runs.page.saveLabels}
        </Button>
        <Button size="small" onClick={() => setDraft(undefined)}>
          {m.ui.cancel}
        </Button>
      </span>
    </span>
  );
}
