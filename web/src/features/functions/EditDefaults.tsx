import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { ApiError, errorText } from "../../api/error.ts";
import { Conflict } from "../../entity/edit/Conflict.tsx";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { useKeptInDialog } from "../../entity/edit/use-kept-notice.ts";
import { projectPickers } from "../../entity/edit/pickers.ts";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { PickersProvider } from "../../forms/pickers.ts";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { useDraft } from "../../forms/use-draft.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { defaultsDocument, saveDefaults } from "./mutations.ts";
import { type FunctionDoc, functions } from "./queries.ts";

interface EditDefaultsProps {
  project: string;
  doc: FunctionDoc;
  kind: string;
  schema: Json;
  spec: JsonObject;
  label: string;
  onClose: () => void;
}

const omitted = ["/function"];

/** The form of what runs by one action begin with, in a dialog. */
export function EditDefaults({ project, doc, kind, schema, spec, label, onClose }: EditDefaultsProps) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const blocked = useWriteBlock();
  const queries = useQueryClient();
  // What the form stands on: as it was opened, whatever comes in meanwhile.
  const [base, setBase] = useState({ version: m.functions.defaultsOpened, spec });
  const [theirs, setTheirs] = useState<typeof base | undefined>(undefined);
  const [value, setValue] = useState(spec);
  const root = useMemo(() => readSchema(schema), [schema]);
  const places = useMemo(() => ({ spec: schema }), [schema]);
  const standsOn = JSON.stringify(base.spec);
  const draft = useDraft(
    draftKey("defaults", `${project}/${doc.name}`, `${doc.id} ${kind}`),
    standsOn,
    root,
    base.spec,
  );
  useKeptInDialog(draft);
  const change = (next: JsonObject) => {
    draft.keep(next);
    setValue(next);
  };
  const form = useRef<FormHandle>(null);
  const pickers = useMemo(() => projectPickers(project), [project]);
  const reference = `${doc.kind}://${project}/${doc.name}:${doc.id}`;
  const save = useMutation({
    mutationFn: () => saveDefaults({ project, id: doc.id, reference, kind }, base.spec, value),
    onSuccess: async (outcome) => {
      if ("theirs" in outcome) {
        const { doc: now, document } = outcome.theirs;
        const version =
          now === undefined
            ? m.functions.defaultsGone
            : m.editor.conflict.version(now.metadata.updated_by, f.dateTime(now.metadata.updated));
        setTheirs({ version, spec: document.spec });
        return;
      }
      draft.done();
      await queries.invalidateQueries({ queryKey: functions.tasks(project, doc.id).queryKey });
      toast({ tone: "success", text: m.functions.savedDefaults });
      onClose();
    },
  });
  const { error } = save;
  const side = (of: typeof base) => ({ version: of.version, document: defaultsDocument(kind, of.spec) });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={label}
      description={m.functions.defaultsHelp}
      size="wide"
      footer={
        <>
          <Button onClick={onClose}>{m.ui.cancel}</Button>
          {theirs === undefined && (
            <Button
              tone="primary"
              busy={save.isPending}
              disabledReason={blocked}
              onClick={() => form.current?.check() === true && save.mutate()}
            >
              {m.functions.saveDefaults}
            </Button>
          )}
        </>
      }
    >
      {theirs !== undefined ? (
        <Conflict
          base={side(base)}
          mine={defaultsDocument(kind, value)}
          theirs={side(theirs)}
          places={places}
          onMerged={(merged) => {
            setBase(theirs);
            change(merged.spec);
            setTheirs(undefined);
          }}
        />
      ) : (
        <PickersProvider value={pickers}>
          <DraftOffer draft={draft} base={standsOn} onRestore={change} />
          {error !== null && <Callout tone="error">{errorText(error)}</Callout>}
          <SchemaForm
            ref={form}
            label={label}
            schema={schema}
            value={value}
            base="/spec"
            omit={omitted}
            errors={error instanceof ApiError ? error.fields : undefined}
            onChange={change}
          />
        </PickersProvider>
      )}
    </Dialog>
  );
}
