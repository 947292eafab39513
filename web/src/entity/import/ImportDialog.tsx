import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { errorText } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { type Messages, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { EntityLink } from "../EntityLink.tsx";
import { type Flaw, type Item, readBundle } from "./bundle.ts";
import css from "./ImportDialog.module.css";
import { asked, isThere } from "./queries.ts";
import { type Outcome, send } from "./send.ts";

interface ImportDialogProps {
  project: string;
  onClose: () => void;
}

/** Makes things of YAML documents: reads them while they are typed, tells lines and reasons, and keeps the text. */
export function ImportDialog({ project, onClose }: ImportDialogProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const file = useRef<HTMLInputElement>(null);
  const { data: config } = useQuery(session.config());
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [reset, setReset] = useState(true);
  const [enable, setEnable] = useState(false);
  const bundle = useMemo(() => readBundle(text, config?.kinds ?? []), [text, config]);
  // A further try, as after a mistake was mended, makes only what is not there yet.
  const [made, setMade] = useState<ReadonlySet<string>>(new Set());
  const [moved] = useState(() => new Map<string, string>());
  const run = useMutation({
    mutationFn: (items: Parameters<typeof send>[0]) => send(items, { project, reset, enable, dryRun: false }, moved),
    onSuccess: (outcomes) => {
      setMade(new Set([...made, ...outcomes.flatMap((each) => ("made" in each ? [sameness(each.item)] : []))]));
      queries.removeQueries({ queryKey: asked(project) });
    },
  });
  const flaws = "flaws" in bundle ? bundle.flaws : [];
  const all = "items" in bundle ? bundle.items : [];
  const items = all.filter((item) => !made.has(sameness(item)));
  const reason =
    flaws.length > 0
      ? m.imports.mend
      : all.length === 0
        ? m.imports.nothing
        : items.length === 0
          ? m.imports.done
          : undefined;
  const change = (next: string) => {
    setText(next);
    run.reset();
  };
  const choose = async (input: HTMLInputElement) => {
    const [chosen] = input.files ?? [];
    input.value = ""; // the same file may be chosen again, when it was changed
    if (chosen !== undefined) change(await chosen.text());
  };
  const marks = [
    ...flaws.map((flaw) => ({ line: flaw.line, message: flawText(m, flaw), severity: "error" as const })),
    ...(run.data ?? []).flatMap((outcome) =>
      "reason" in outcome ? [{ line: outcome.line, message: outcome.reason, severity: "error" as const }] : [],
    ),
  ];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.imports.title}
      description={m.imports.help}
      size="wide"
      footer={
        <>
          <Button onClick={onClose}>{run.isSuccess ? m.ui.close : m.ui.cancel}</Button>
          <Button
            tone="primary"
            busy={run.isPending}
            disabledReason={blocked ?? reason}
            onClick={() => run.mutate(items)}
          >
            {m.imports.submit(items.length)}
          </Button>
        </>
      }
    >
      <div className={css.body}>
        <div className={css.bar}>
          <input
            ref={file}
            type="file"
            accept=".yaml,.yml,.json"
            hidden
            onChange={(event) => void choose(event.currentTarget)}
          />
          <Button size="small" icon={<FileUp />} onClick={() => file.current?.click()}>
            {m.imports.file}
          </Button>
          <Checkbox label={m.imports.reset} checked={reset} onChange={setReset} help={m.imports.resetHelp} />
        </div>
        <div className={css.editor}>
          <LazyEditor
            label={m.imports.text}
            language="yaml"
            value={text}
            onChange={change}
            marks={marks}
            invalid={flaws.length > 0}
          />
        </div>
        {flaws.length > 0 && (
          <Callout tone="error" title={m.imports.flaws}>
            <ul>
              {flaws.map((flaw) => (
                <li key={`${flaw.line} ${flaw.rule} ${flaw.message}`}>
                  {m.imports.flaw(flaw.line, flawText(m, flaw))}
                </li>
              ))}
            </ul>
          </Callout>
        )}
        {run.data === undefined && items.length > 0 && (
          <section aria-label={m.imports.holds}>
            <h3 className={css.title}>{m.imports.holds}</h3>
            <ul>
              {items.map((item) => (
                <ItemRow key={item.line} project={project} item={item} />
              ))}
            </ul>
            {items.some(({ entity }) => materials.has(entity)) && <p className={css.quiet}>{m.imports.noFiles}</p>}
            {items.some(({ entity }) => entity === "trigger") && (
              <Checkbox
                label={m.imports.enable}
                checked={enable}
                onChange={setEnable}
                help={enable ? m.imports.switchedOn : m.imports.switchedOff}
              />
            )}
          </section>
        )}
        {"left" in bundle && bundle.left.length > 0 && (
          <p className={css.quiet}>{m.imports.left(bundle.left.join(", "))}</p>
        )}
        {run.error !== null && <Callout tone="error">{errorText(run.error)}</Callout>}
        {run.data !== undefined && <Results project={project} outcomes={run.data} />}
      </div>
    </Dialog>
  );
}

const materials: ReadonlySet<string> = new Set(["dataitem", "model", "artifact"]);

/** What will be made of a document, and whether there is one of its name already. */
function ItemRow({ project, item }: { project: string; item: Item }) {
  const m = useMessages();
  const { data: there } = useQuery(isThere(project, item));
  const said = m.imports.item(entityName(m, item.entity), item.name, item.line);
  if (there !== true) return <li>{said}</li>;
  return <li>{`${said}: ${item.entity === "trigger" ? m.imports.another : m.imports.newVersion(item.name)}`}</li>;
}

/** What tells a thing of the text from another, wherever it stands in it. */
function sameness({ entity, text }: Item): string {
  return `${entity} ${text.trim()}`;
}

function Results({ project, outcomes }: { project: string; outcomes: readonly Outcome[] }) {
  const m = useMessages();
  const made = outcomes.filter((outcome) => "made" in outcome).length;
  return (
    <section aria-label={m.imports.result} role="status">
      <h3 className={css.title}>{m.imports.summary(made, outcomes.length)}</h3>
      <ul>
        {outcomes.map((outcome) => (
          <li key={outcome.item.line} className={css.outcome} data-failed={"reason" in outcome || undefined}>
            {"made" in outcome ? (
              <EntityLink of={{ entity: outcome.item.entity, project, id: outcome.made.id, name: outcome.made.name }}>
                {m.imports.made(outcome.made.name)}
              </EntityLink>
            ) : (
              m.imports.refused(outcome.item.name, outcome.line, outcome.reason)
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function entityName(m: Messages, entity: string): string {
  const names: Readonly<Record<string, string>> = m.entities.one;
  return names[entity] ?? entity;
}

function flawText(m: Messages, { rule, message }: Flaw): string {
  switch (rule) {
    case "no-kind":
      return m.imports.noKind;
    case "no-name":
      return m.imports.noName(message);
    case "unknown-kind":
      return m.imports.unknownKind(message);
    case "lone-task":
      return m.imports.loneTask(message);
    case "nothing":
      return m.imports.empty;
    case "not-object":
      return m.imports.notObject;
    case "precision":
      return m.forms.yamlMode.precision(message);
    case "not-json":
      return m.forms.yamlMode.notJson(message);
    case "syntax":
      return message;
  }
}
