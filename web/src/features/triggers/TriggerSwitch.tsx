import { useMutation } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Switch } from "../../ui/switch/Switch.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { triggerChanges } from "./mutations.ts";

interface TriggerSwitchProps {
  project: string;
  id: string;
  name: string;
  state: string;
}

/** Switches a trigger on and off at once; the message offers to take it back. */
export function TriggerSwitch({ project, id, name, state }: TriggerSwitchProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const turn = useMutation(triggerChanges.turn(project));
  const to = (on: boolean, undo: boolean) =>
    turn.mutate(
      { id, on },
      {
        onSuccess: () =>
          toast({
            tone: "success",
            text: on ? m.triggers.turnedOn(name) : m.triggers.turnedOff(name),
            ...(undo && { undo: () => to(!on, false) }),
          }),
        onError: (error) => toast({ tone: "error", text: errorText(error) }),
      },
    );
  return (
    <Switch
      label={m.triggers.switchName(name)}
      checked={state === "RUNNING"}
      busy={turn.isPending}
      disabledReason={blocked}
      onChange={(on) => to(on, true)}
    />
  );
}
