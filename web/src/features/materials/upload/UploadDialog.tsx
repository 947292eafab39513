import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useReducer } from "react";
import { errorText } from "../../../api/error.ts";
import { nameProblem } from "../../../entity/edit/name.ts";
import { versionName, versionNumber } from "../../../entity/version.ts";
import { useMessages } from "../../../i18n/language.ts";
import { useWriteBlock } from "../../../live/state.ts";
import { Callout } from "../../../ui/callout/Callout.tsx";
import { Dialog } from "../../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../../ui/dialog/DialogFoot.tsx";
import { SelectField } from "../../../ui/field/SelectField.tsx";
import { TextField } from "../../../ui/field/TextField.tsx";
import { LabelEditor } from "../../../ui/labels/LabelEditor.tsx";
import type { Material, MaterialDoc } from "../material.ts";
import { stored } from "../queries.ts";
import { type ChosenFile, headOf } from "./chosen.ts";
import { DropArea } from "./DropArea.tsx";
import { proposeKind, proposeName } from "./plan.ts";
import css from "./Upload.module.css";
import { startUpload } from "./uploads.ts";

interface UploadDialogProps {
  project: string;
  material: Material;
  kinds: readonly { kind: string; title: string }[];
  /** Files that were dropped on the page already. */
  dropped: readonly ChosenFile[];
  /** The newest version of the name that gets another one. */
  next?: MaterialDoc | undefined;
  onClose: () => void;
  onStarted: (doc: MaterialDoc) => void;
}

interface State {
  files: readonly ChosenFile[];
  name: string;
  kind: string;
  description: string;
  labels: readonly string[];
  /** What the person has typed stays when other files are chosen. */
  typed: ReadonlySet<"name" | "kind">;
  sent: boolean;
}

type Step =
  | { do: "files"; files: readonly ChosenFile[]; name: string; kind: string }
  | { do: "type"; name?: string; kind?: string; description?: string; labels?: readonly string[] }
  | { do: "send" };

function reduce(state: State, step: Step): State {
  switch (step.do) {
    case "files":
      return {
        ...state,
        files: step.files,
        name: state.typed.has("name") ? state.name : step.name,
        kind: state.typed.has("kind") ? state.kind : step.kind,
      };
    case "type": {
      const { do: _, ...typed } = step;
      const fields = (["name", "kind"] as const).filter((field) => step[field] !== undefined);
      return { ...state, ...typed, typed: new Set([...state.typed, ...fields]) };
    }
    case "send":
      return { ...state, sent: true };
  }
}

/** Files first: name and kind are proposed from them. What is there already under the name gets a new version. */
export function UploadDialog(props: UploadDialogProps) {
  const { project, material, kinds, next, dropped } = props;
  const m = useMessages();
  const words = m.materials.uploads;
  const blocked = useWriteBlock();
  const [state, act] = useReducer(reduce, {
    files: [],
    name: next?.name ?? "",
    kind: next?.kind ?? "",
    description: next?.metadata.description ?? "",
    labels: next?.metadata.labels ?? [],
    typed: new Set(next === undefined ? [] : (["name", "kind"] as const)),
    sent: false,
  });
  const choose = async (files: readonly ChosenFile[]) => {
    const heads = files.length === 1 ? await Promise.all(files.map(headOf)) : [];
    const candidates = files.map(({ name, file }, index) => ({ name, size: file.size, head: heads[index] }));
    act({
      do: "files",
      files,
      name: proposeName(candidates),
      kind: proposeKind(
        material,
        candidates,
        kinds.map(({ kind }) => kind),
      ),
    });
  };
  useEffect(() => {
    if (dropped.length > 0) void choose(dropped);
    // The files that were dropped are taken once, when the dialog opens or others are dropped.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [dropped]);
  const { name, kind, files } = state;
  const wrongName = nameProblem(m, name, state.sent);
  const { data: existing } = useQuery({
    ...stored.versions(project, material, name, 1),
    enabled: name !== "" && wrongName === undefined,
  });
  const newest = existing?.content[0];
  const start = useMutation({
    mutationFn: () =>
      startUpload({
        project,
        material,
        name,
        kind,
        files,
        metadata: {
          ...(state.description !== "" && { description: state.description }),
          ...(state.labels.length > 0 && { labels: [...state.labels] }),
        },
      }),
    onSuccess: props.onStarted,
  });
  const submit = () => {
    act({ do: "send" });
    if (files.length > 0 && nameProblem(m, name, true) === undefined && kind !== "") start.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={next === undefined ? m.materials.of[material].uploadTitle : words.nextTitle(next.name)}
      onSubmit={submit}
      footer={
        <DialogFoot
          submit={m.materials.upload}
          busy={start.isPending}
          blocked={blocked ?? (files.length === 0 ? words.needFiles : undefined)}
          onCancel={props.onClose}
        />
      }
    >
      <div className={css.form}>
        <DropArea files={files} onChange={(chosen) => void choose(chosen)} />
        {next === undefined && (
          <>
            <TextField
              label={m.functions.name}
              value={name}
              onChange={(text) => act({ do: "type", name: text })}
              error={wrongName}
              required
              autoComplete="off"
              help={
                newest === undefined
                  ? undefined
                  : words.addsVersion(name, versionNumber(newest) + 1, versionName(newest))
              }
            />
            <SelectField
              label={m.functions.kind}
              value={kind}
              options={[
                ...(kind === "" ? [{ value: "", label: words.chooseKind }] : []),
                ...kinds.map((each) => ({ value: each.kind, label: each.title })),
              ]}
              onChange={(value) => act({ do: "type", kind: value })}
              help={files.length > 0 && !state.typed.has("kind") ? words.kindGuessed : undefined}
            />
          </>
        )}
        <TextField
          label={m.functions.description}
          value={state.description}
          onChange={(description) => act({ do: "type", description })}
        />
        <LabelEditor
          label={m.functions.labels}
          value={state.labels}
          onChange={(labels) => act({ do: "type", labels })}
        />
        {start.error !== null && <Callout tone="error">{errorText(start.error)}</Callout>}
      </div>
    </Dialog>
  );
}
