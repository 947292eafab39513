import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { asJson, isObject, type JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Card } from "../../ui/card/Card.tsx";
import { lazily } from "../../ui/lazy/lazily.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { actionLabel } from "./action-label.ts";
import css from "./FunctionPage.module.css";
import { setWords } from "./defaults-words.ts";
import { type FunctionDoc, functions } from "./queries.ts";

// The forms come when somebody edits.
const EditDefaults = lazily(async () => (await import("./EditDefaults.tsx")).EditDefaults);

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
  const kind = `${doc.kind}+${action}`;
  const { data: tasks, error, refetch } = useQuery(functions.tasks(project, doc.id));
  const { data: schema, error: formless } = useQuery({ ...functions.taskSchema(project, kind), enabled: editing });
  const label = m.functions.defaults(actionLabel(m, action));
  if (tasks === undefined)
    return error === null ? null : <ErrorPanel error={error} what={label} onRetry={() => void refetch()} />;
  const task = tasks.find((each) => each.kind === kind);
  const spec = ownMembers(task?.spec);
  const places = setWords(spec);
  return (
    <Card
      title={label}
      tools={
        <Button size="small" icon={<Pencil />} disabledReason={blocked} onClick={() => setEditing(true)}>
          {m.functions.editDefaults}
        </Button>
      }
    >
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
      {editing && schema === undefined && formless !== null && <Callout tone="error">{errorText(formless)}</Callout>}
      {editing && schema !== undefined && (
        <EditDefaults
          project={project}
          doc={doc}
          kind={kind}
          schema={schema}
          spec={spec}
          label={label}
          onClose={() => setEditing(false)}
        />
      )}
    </Card>
  );
}

/** The spec of a task without what it belongs to. */
function ownMembers(spec: unknown): JsonObject {
  const value = asJson(spec);
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "function"));
}
