import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import type { Material } from "./material.ts";
import { storedChanges } from "./mutations.ts";
import { stored } from "./queries.ts";

interface DeleteMaterialsProps {
  project: string;
  material: Material;
  names: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Deletes all versions of some names, after it has said how many go, and with their files unless told otherwise. */
export function DeleteMaterials({ project, material, names, onClose, onDone }: DeleteMaterialsProps) {
  const m = useMessages();
  const f = useFormat();
  const words = m.materials.of[material];
  const toast = useToast();
  const blocked = useWriteBlock();
  const [withFiles, setWithFiles] = useState(true);
  const goes = useQuery(stored.goes(project, material, names));
  const remove = useMutation(storedChanges.deleteNames(project, material));
  const failure = remove.error ?? goes.error;
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.deleteTitle(names.length, names[0] ?? "")}
      effects={
        goes.data === undefined
          ? undefined
          : [m.functions.allVersionsOf(f.list(names)), m.functions.goes.versions(goes.data)]
      }
      counting={m.functions.counting}
      submit={m.functions.delete}
      busy={remove.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={() =>
        remove.mutate(
          { names, withFiles },
          {
            onSuccess: (count) => {
              toast({ tone: "success", text: words.deleted(count) });
              onDone();
            },
          },
        )
      }
    >
      <Checkbox
        label={m.materials.withFiles}
        help={m.materials.filesStay}
        checked={withFiles}
        onChange={setWithFiles}
      />
    </ConfirmDanger>
  );
}
