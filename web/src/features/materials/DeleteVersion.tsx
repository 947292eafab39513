import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { versionName } from "../../entity/version.ts";
import { WhichVersions } from "../../entity/WhichVersions.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { type Material, type MaterialDoc, sizeOf } from "./material.ts";
import { storedChanges } from "./mutations.ts";
import { stored } from "./queries.ts";

interface DeleteVersionProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
  /** How many versions the name has. */
  versions: number;
  onClose: () => void;
}

/** Deletes one version or all of them, after it has said what goes; then shows the newest that is left. */
export function DeleteVersion({ project, material, doc, versions, onClose }: DeleteVersionProps) {
  const m = useMessages();
  const f = useFormat();
  const words = m.materials.of[material];
  const toast = useToast();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const [all, setAll] = useState(false);
  const [withFiles, setWithFiles] = useState(true);
  const goes = useQuery({ ...stored.goes(project, material, [doc.name]), enabled: all });
  const removeOne = useMutation(storedChanges.deleteVersion(project, material));
  const removeAll = useMutation(storedChanges.deleteNames(project, material));
  const toList = () => void navigate({ to: "/p/$project/$material", params: { project, material }, replace: true });
  const onSuccess = (text: string, left: number) => {
    toast({ tone: "success", text });
    onClose();
    if (left === 0) toList();
    else
      void navigate({
        to: "/p/$project/$material/$name",
        params: { project, material, name: doc.name },
        replace: true,
      });
  };
  const confirm = () =>
    all
      ? removeAll.mutate({ names: [doc.name], withFiles }, { onSuccess: () => onSuccess(words.deleted(1), 0) })
      : removeOne.mutate(
          { doc, withFiles },
          { onSuccess: () => onSuccess(m.functions.deletedVersion(versionName(doc)), versions - 1) },
        );
  const size = sizeOf(doc);
  const files = withFiles && size !== undefined ? [m.materials.goesFiles(size.files, f.bytes(size.bytes))] : [];
  const effects = all
    ? goes.data === undefined
      ? undefined
      : [m.functions.allVersionsOf(doc.name), m.functions.goes.versions(goes.data)]
    : [m.functions.goes.version(versionName(doc)), ...files];
  const failure = removeOne.error ?? removeAll.error ?? goes.error;
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.deleteTitle(1, doc.name)}
      effects={effects}
      counting={m.functions.counting}
      submit={m.functions.delete}
      busy={removeOne.isPending || removeAll.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={confirm}
    >
      {versions > 1 && <WhichVersions version={versionName(doc)} all={all} onChange={setAll} />}
      <Checkbox
        label={m.materials.withFiles}
        help={m.materials.filesStay}
        checked={withFiles}
        onChange={setWithFiles}
      />
    </ConfirmDanger>
  );
}
