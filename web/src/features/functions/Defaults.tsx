import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { ApiError, errorText } from "../../api/error.ts";
import { Conflict } from "../../entity/edit/Conflict.tsx";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { projectPickers } from "../../entity/edit/pickers.ts";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { PickersProvider } from "../../forms/pickers.ts";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { useDraft } from "../../forms/use-draft.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { asJson, isObject, type Json, type JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { actionLabel } from "./action-label.ts";
import css from "./FunctionPage.module.css";
import { setWords } from "./defaults-words.ts";
import { defaultsDocument, saveDefaults } from "./mutations.ts";
import { type FunctionDoc, functions } from "./queries.ts";

interface DefaultsProps {
  project: string;
  doc: FunctionDoc;
  action: string;
}

/** What the runs of a version by one action begin with, and the way to change it. */
export function Defaults({ project, doc, action }: DefaultsProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const [editing, setEditing] = useState(false);
  const { data } = useQuery(functions.defaults(project, doc.id, `${doc.kind}+${action}`));
  if (data === undefined) return null;
  const label = m.functions.defaults(actionLabel(m, action));
  const spec = ownMembers(data.task?.spec);
  const places = setWords(spec);
  return (
    <section className={css.card} aria-label={label}>
      <div className={css.cardHead}>
        <h2>{label}</h2>
        <Button size="small" icon={<Pencil />} disabledReason={blocked} onClick={() => setEditing(true)}>
          {m.functions.editDefaults}
        </Button>
      </div>
      {places.length === 0 ? (
        <p className={css.quiet}>{m.functions.noDefaults}</p>
      ) : (
        <ul className={css.chips}>
          {places.map((place) => (
            <li key={place}>
              <code>{place}</code>
            </li>
          ))}
        </ul>
      )}
      {editing && (
        <EditDefaults
          project={project}
          doc={doc}
          kind={`${doc.kind}+${action}`}
          schema={data.schema}
          spec={spec}
          label={label}
          onClose={() => setEditing(false)}
        />
      )}
    </section>
  );
}

/** The spec of a task without what it belongs to. */
function ownMembers(spec: unknown): JsonObject {
  const value = asJson(spec);
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "function"));
}

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

function EditDefaults({ project, doc, kind, schema, spec, label, onClose }: EditDefaultsProps) {
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
  const standsOn = JSON.stringify(base.spec);
  const draft = useDraft(draftKey("defaults", `${project}/${doc.name}`, `${doc.id} ${kind}`), standsOn, root, value);
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
      draft.settle("discarded");
      await queries.invalidateQueries({ queryKey: functions.defaults(project, doc.id, kind).queryKey });
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
