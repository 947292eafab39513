import { useMutation, useQuery } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { alongside, versionsOf } from "./goes.ts";
import { functionChanges } from "./mutations.ts";
import { functions } from "./queries.ts";

interface DeleteFunctionsProps {
  project: string;
  targets: readonly { name: string }[];
  onClose: () => void;
  onDone: () => void;
}

/** Deletes all versions of functions, after it has said how many versions, tasks and runs go. */
export function DeleteFunctions({ project, targets, onClose, onDone }: DeleteFunctionsProps) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const blocked = useWriteBlock();
  const names = targets.map((each) => each.name);
  const goes = useQuery(functions.goes(project, names));
  const remove = useMutation(functionChanges.deleteNames(project));
  const confirm = () =>
    remove.mutate(names, {
      onSuccess: (count) => {
        toast({ tone: "success", text: m.functions.deleted(count) });
        onDone();
      },
    });
  const failure = remove.error ?? goes.error;
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.functions.deleteTitle(names.length, names[0] ?? "")}
      effects={
        goes.data === undefined
          ? undefined
          : [
              m.functions.allVersionsOf(f.list(names)),
              m.functions.goes.versions(versionsOf(goes.data)),
              ...alongside(m, goes.data),
            ]
      }
      counting={m.functions.counting}
      submit={m.functions.delete}
      busy={remove.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={confirm}
    />
  );
}
