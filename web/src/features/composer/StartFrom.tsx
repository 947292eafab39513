import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { isObject, type JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu/Menu.tsx";
import { composerChanges } from "./mutations.ts";
import { composer } from "./queries.ts";
import { PickRun } from "./PickRun.tsx";
import type { Start } from "./spec.ts";

interface StartFromProps {
  project: string;
  name: string;
  kind: string;
  origin: Start | undefined;
  /** What is typed now, which a preset keeps. */
  spec: JsonObject;
  onStart: (spec: JsonObject) => void;
  /** Begins from another run. */
  onPick: (run: string) => void;
}

/** Chooses what the form is filled from: the last run, nothing, or what was saved. */
export function StartFrom({ project, name, kind, origin, spec, onStart, onPick }: StartFromProps) {
  const m = useMessages();
  const words = m.composer.start;
  const blocked = useWriteBlock();
  const [saving, setSaving] = useState(false);
  const [picking, setPicking] = useState(false);
  const { data: presets } = useQuery(composer.presets(project, name, kind));
  return (
    <>
      <Menu trigger={<Button>{words.title}</Button>}>
        {origin !== undefined && <MenuItem onSelect={() => onStart(origin.spec)}>{words.run(origin.name)}</MenuItem>}
        <MenuItem onSelect={() => onStart({})}>{words.defaults}</MenuItem>
        <MenuItem onSelect={() => setPicking(true)}>{words.pickOne}</MenuItem>
        {presets !== undefined && presets.length > 0 && <MenuSeparator />}
        {presets?.map((preset) => (
          <MenuItem key={preset.id} onSelect={() => isObject(preset.spec) && onStart(preset.spec)}>
            {words.preset(preset.name)}
          </MenuItem>
        ))}
      </Menu>
      <Button disabledReason={blocked} onClick={() => setSaving(true)}>
        {words.save}
      </Button>
      {picking && (
        <PickRun
          project={project}
          name={name}
          kind={kind}
          onPick={(run) => {
            setPicking(false);
            onPick(run);
          }}
          onClose={() => setPicking(false)}
        />
      )}
      {saving && <SavePreset project={project} name={name} kind={kind} spec={spec} onClose={() => setSaving(false)} />}
    </>
  );
}

interface SavePresetProps {
  project: string;
  name: string;
  kind: string;
  spec: JsonObject;
  onClose: () => void;
}

function SavePreset({ project, name, kind, spec, onClose }: SavePresetProps) {
  const m = useMessages();
  const words = m.composer.start;
  const queries = useQueryClient();
  const [title, setTitle] = useState("");
  const blocked = useWriteBlock();
  const save = useMutation(composerChanges.savePreset(project, queries));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.save}
      description={words.saveHelp}
      onSubmit={() => save.mutate({ name: title.trim(), function: name, kind, spec }, { onSuccess: onClose })}
      footer={
        <DialogFoot
          submit={words.saveSubmit}
          busy={save.isPending}
          blocked={blocked ?? (title.trim() === "" ? words.nameMissing : undefined)}
          onCancel={onClose}
        />
      }
    >
      <TextField label={words.name} value={title} onChange={setTitle} autoComplete="off" />
      {save.error !== null && <Callout tone="error">{errorText(save.error)}</Callout>}
    </Dialog>
  );
}
