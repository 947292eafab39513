import { useMutation, useQuery } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { type Messages, useFormat, useMessages } from "../../i18n/language.ts";
import type { Format } from "../../i18n/format.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { secretChanges } from "./mutations.ts";
import { type SecretDoc, type SecretUsage, secrets } from "./queries.ts";

interface DeleteSecretsProps {
  project: string;
  targets: readonly SecretDoc[];
  onClose: () => void;
  onDone: () => void;
}

/** Deletes secrets after it has said who uses them and will miss them. */
export function DeleteSecrets({ project, targets, onClose, onDone }: DeleteSecretsProps) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const blocked = useWriteBlock();
  const ids = targets.map((each) => each.id);
  const usages = useQuery(secrets.usages(project, ids));
  const remove = useMutation(secretChanges.remove(project));
  const failure = remove.error ?? usages.error;
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.secrets.deleteTitle(targets.length, targets[0]?.name ?? "")}
      effects={usages.data === undefined ? undefined : effectsOf(usages.data, m, f)}
      counting={m.secrets.counting}
      submit={m.secrets.delete}
      busy={remove.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={() =>
        remove.mutate(ids, {
          onSuccess: (count) => {
            toast({ tone: "success", text: m.secrets.deleted(count) });
            onDone();
          },
        })
      }
    />
  );
}

function effectsOf(usages: readonly SecretUsage[], m: Messages, f: Format): string[] {
  const names = (list: readonly (string | undefined)[]) =>
    f.list([...new Set(list.filter((name) => name !== undefined))].slice(0, 5));
  const tasks = usages.flatMap((usage) => usage.tasks);
  const triggers = usages.flatMap((usage) => usage.triggers);
  const runs = usages.reduce((sum, usage) => sum + usage.runs.length, 0);
  const says = [m.secrets.goesValue(f.list(usages.map((usage) => usage.name)))];
  if (tasks.length > 0) says.push(m.secrets.goesTasks(tasks.length, names(tasks.map((task) => task.function))));
  if (triggers.length > 0)
    says.push(m.secrets.goesTriggers(triggers.length, names(triggers.map((trigger) => trigger.name))));
  if (runs > 0) says.push(m.secrets.goesRuns(runs));
  if (says.length === 1) says.push(m.secrets.unused);
  return says;
}
