import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { versionName } from "../../entity/version.ts";
import { WhichVersions } from "../../entity/WhichVersions.tsx";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { tellChange } from "../../live/tell.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { alongside, versionsOf } from "./goes.ts";
import { functionChanges } from "./mutations.ts";
import { type FunctionDoc, functions } from "./queries.ts";

interface DeleteVersionProps {
  project: string;
  doc: FunctionDoc;
  versions: number;
  onClose: () => void;
}

/** Deletes one version or all of them, after it has said what goes; then shows the newest that is left. */
export function DeleteVersion({ project, doc, versions, onClose }: DeleteVersionProps) {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const [all, setAll] = useState(false);
  const removeOne = useMutation(functionChanges.deleteVersion(project));
  // What is being deleted is not counted again when the change is heard of.
  const going = removeOne.isPending || removeOne.isSuccess;
  const one = useQuery({ ...functions.goesWithVersion(project, doc.id), enabled: !all && !going });
  const every = useQuery({ ...functions.goes(project, [doc.name]), enabled: all });
  const removeAll = useMutation(functionChanges.deleteNames(project));
  const toList = () => void navigate({ to: "/p/$project/functions", params: { project }, replace: true });
  const confirm = () => {
    if (all) {
      removeAll.mutate([doc.name], {
        onSuccess: (count) => {
          toast({ tone: "success", text: m.functions.deleted(count) });
          toList();
        },
      });
      return;
    }
    removeOne.mutate(doc.id, {
      onSuccess: () => {
        toast({ tone: "success", text: m.functions.deletedVersion(versionName(doc)) });
        onClose();
        tellChange({ verb: "delete", entity: "function", project, id: doc.id, name: doc.name, kind: doc.kind });
        if (versions <= 1) toList();
        else void navigate({ to: "/p/$project/functions/$name", params: { project, name: doc.name }, replace: true });
      },
    });
  };
  const effects = all
    ? every.data && [
        m.functions.allVersionsOf(doc.name),
        m.functions.goes.versions(versionsOf(every.data)),
        ...alongside(m, every.data),
      ]
    : one.data && [m.functions.goes.version(versionName(doc)), ...alongside(m, one.data)];
  const failure = removeOne.error ?? removeAll.error ?? one.error ?? every.error;
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.functions.deleteTitle(1, doc.name)}
      effects={effects}
      counting={m.functions.counting}
      submit={m.functions.delete}
      busy={removeOne.isPending || removeAll.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={confirm}
    >
      {versions > 1 && <WhichVersions version={versionName(doc)} all={all} onChange={setAll} />}
    </ConfirmDanger>
  );
}
