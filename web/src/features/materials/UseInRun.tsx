import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { session } from "../../api/session.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { SelectField } from "../../ui/field/SelectField.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { functions } from "../functions/queries.ts";
import type { MaterialDoc } from "./material.ts";
import css from "./MaterialPage.module.css";

interface UseInRunProps {
  project: string;
  doc: MaterialDoc;
  onClose: () => void;
}

/** Chooses the function that reads a version, and goes to the form of its run with the input filled in. */
export function UseInRun({ project, doc, onClose }: UseInRunProps) {
  const m = useMessages();
  const words = m.materials.use;
  const navigate = useNavigate();
  const { data: names, error, refetch } = useQuery(functions.names(project));
  const { data: config } = useQuery(session.config());
  const [chosen, setChosen] = useState({ fn: "", action: "" });
  const fn = names?.list.find(({ name }) => name === chosen.fn) ?? names?.list[0];
  const actions = config?.kinds.find((kind) => kind.entity === "function" && kind.kind === fn?.kind)?.actions ?? [];
  const action = actions.includes(chosen.action) ? chosen.action : actions[0];
  const submit = () => {
    if (fn === undefined) return;
    void navigate({
      to: "/p/$project/functions/$name/run",
      params: { project, name: fn.name },
      search: { input: doc.key, ...(action !== undefined && { action }) },
      hash: "/inputs",
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title(doc.name)}
      onSubmit={submit}
      footer={
        <DialogFoot submit={words.go} blocked={fn === undefined ? words.noFunctions : undefined} onCancel={onClose} />
      }
    >
      {error !== null && <ErrorPanel error={error} what={m.functions.noun.other} onRetry={() => void refetch()} />}
      {names === undefined && error === null && <SkeletonRows rows={2} />}
      {names?.list.length === 0 && (
        <div className={css.stack}>
          <p>{words.noFunctions}</p>
          <div>
            <ButtonLink to="/p/$project/new/function" params={{ project }}>
              {m.functions.newTitle}
            </ButtonLink>
          </div>
        </div>
      )}
      {fn !== undefined && (
        <div className={css.stack}>
          <SelectField
            label={words.function}
            value={fn.name}
            options={(names?.list ?? []).map(({ name }) => ({ value: name, label: name }))}
            onChange={(name) => setChosen({ fn: name, action: "" })}
            help={words.help}
          />
          {actions.length > 1 && (
            <SelectField
              label={words.action}
              value={action ?? ""}
              options={actions.map((each) => ({ value: each, label: each }))}
              onChange={(next) => setChosen({ fn: fn.name, action: next })}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}
