import type { Ref } from "react";
import { LackingArguments } from "../../entity/LackingArguments.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { Starter } from "./use-start.ts";

interface LackWarningProps {
  project: string;
  name: string;
  /** The version that is executed. */
  version: string;
  /** Its specification. */
  executed: unknown;
  spec: JsonObject;
  lack: Starter["lack"];
  /** Takes the specification with a further argument, and leads to its field. */
  onAdd: (next: JsonObject, pointer: string) => void;
  ref: Ref<HTMLDivElement>;
}

/** What the run lacks, and the ways to mend it: to give an argument, or to name the function's handler. */
export function LackWarning({ project, name, version, executed, spec, lack, onAdd, ref }: LackWarningProps) {
  const m = useMessages();
  return (
    <LackingArguments
      ref={ref}
      asked={lack.asked}
      of={executed}
      signature={lack.signature}
      given={spec}
      mend={
        <ButtonLink
          size="small"
          to="/p/$project/functions/$name/edit"
          params={{ project, name }}
          search={{ v: version }}
          hash="/spec/source/handler"
        >
          {m.forms.lacking.editFunction}
        </ButtonLink>
      }
      onAdd={onAdd}
    />
  );
}
