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
  const failed = (error: unknown) => toast({ tone: "error", text: errorText(error) });
  const done = (on: boolean) => (on ? m.triggers.turnedOn(name) : m.triggers.turnedOff(name));
  // Not by the callbacks of a call: Undo may be pressed when this row is not there any more.
  const put = async (on: boolean, undo?: () => void) => {
    try {
      await turn.mutateAsync({ id, on });
      toast({ tone: "success", text: done(on), undo });
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Switch
      label={m.triggers.switchName(name)}
      checked={state === "RUNNING"}
      busy={turn.isPending}
      disabledReason={blocked}
      onChange={(on) => void put(on, () => void put(!on))}
    />
  );
}
