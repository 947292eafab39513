import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { errorText } from "../../../api/error.ts";
import { useMessages } from "../../../i18n/language.ts";
import { useWriteBlock } from "../../../live/state.ts";
import { ConfirmDanger } from "../../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../../ui/toast/toast.ts";
import { projectChanges } from "../mutations.ts";
import { projects } from "../queries.ts";

/** Deletes a project after it has listed what goes and the name was typed again. */
export function DeleteProject({
  name,
  onClose,
  onDone = onClose,
}: {
  name: string;
  onClose: () => void;
  /** The project is gone. */
  onDone?: (() => void) | undefined;
}) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const holds = useQuery(projects.holds(name));
  const remove = useMutation(projectChanges.remove(useQueryClient()));
  const effects = holds.data?.filter(({ count }) => count > 0).map(({ what, count }) => m.projects.goes[what](count));
  const failure = remove.error ?? holds.error;
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.projects.deleteTitle(name)}
      effects={effects?.length === 0 ? [m.projects.goes.nothing] : effects}
      counting={m.ui.danger.counting}
      submit={m.projects.deleteSubmit}
      retype={name}
      busy={remove.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={() =>
        remove.mutate(name, {
          onSuccess: () => {
            toast({ tone: "success", text: m.projects.deleted(name) });
            onDone();
          },
        })
      }
    />
  );
}
