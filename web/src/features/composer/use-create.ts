import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError, errorText, type FieldError } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useToast } from "../../ui/toast/toast.ts";
import { composerChanges, type NewRun, SweepBroken } from "./mutations.ts";
import { memberOf } from "./spec.ts";
import type { SweepDraft } from "./sweep.ts";

interface Creating {
  project: string;
  name: string;
  /** Called when the server has taken what was typed. */
  onCreated: () => void;
}

/** Creates runs, and keeps what the server said against it. */
export function useCreate({ project, name, onCreated }: Creating) {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const create = useMutation(composerChanges.create(project));
  const sweeping = useMutation(composerChanges.sweep(project));
  const keep = (error: Error) => {
    const fields = error instanceof ApiError ? error.fields : [];
    const first = fields.find(({ pointer }) => memberOf(pointer) !== undefined);
    setErrors(fields);
    // What no field of the form shows is said above it: also that a part of what was asked for is done.
    const part = error instanceof SweepBroken ? `${m.composer.sweep.made(error.made)} ` : "";
    setFailure(first === undefined ? part + errorText(error) : undefined);
  };
  const begin = () => {
    setErrors([]);
    setFailure(undefined);
  };
  return {
    errors,
    /** The first field of the form that was refused. */
    refused: errors.find(({ pointer }) => memberOf(pointer) !== undefined),
    failure,
    busy: create.isPending || sweeping.isPending,

    /** Creates one run, and goes to its log unless the person stays to create another. */
    one: (run: NewRun, then: "open" | "stay") => {
      begin();
      create.mutate(run, {
        onSuccess: (made) => {
          onCreated();
          if (then === "stay") toast({ tone: "success", text: m.composer.created(made.name) });
          else void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id: made.id, tab: "logs" } });
        },
        onError: keep,
      });
    },

    /** Creates a run for each value, all under one label, and goes to their list. */
    sweep: (
      run: NewRun,
      { parameter }: SweepDraft,
      values: Parameters<typeof sweeping.mutate>[0]["sweep"]["values"],
    ) => {
      begin();
      const label = `sweep:${name}-${parameter}-${sweepTime()}`;
      sweeping.mutate(
        { run, sweep: { parameter, values, label } },
        {
          onSuccess: (made) => {
            onCreated();
            toast({ tone: "success", text: m.composer.sweep.made(made) });
            void navigate({ to: "/p/$project/runs", params: { project }, search: { label: [label], group: "label" } });
          },
          onError: keep,
        },
      );
    },
  };
}

/** Names a sweep by when it was made, so that two of them stay apart. */
function sweepTime(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
