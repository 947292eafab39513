import { useQuery } from "@tanstack/react-query";
import { LackingArguments } from "../../entity/LackingArguments.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { lacking, namesNoHandler, useSignature } from "../../entity/use-signature.ts";
import { useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import { triggers } from "./queries.ts";
import { plain, type Target } from "./trigger.ts";

interface LacksProps {
  project: string;
  /** The trigger. */
  id: string;
  target: Target;
  /** The specification of the version that it runs. */
  of: unknown;
  template: JsonObject;
}

/** What the runs of a trigger will lack, as its form says it. */
export function Lacks({ project, id, target, of, template }: LacksProps) {
  const m = useMessages();
  const signature = useSignature(of);
  const handlerless = namesNoHandler(of);
  // Only runs that are given parameters are given arguments; asked for where it matters.
  const { data: schema } = useQuery({
    ...triggers.runSchema(project, `${target.kind}+${target.action}:run`),
    enabled: target.action !== "" && (handlerless || lacking(signature, template).length > 0),
  });
  if (!("parameters" in plain(plain(schema?.schema)["properties"]))) return null;
  return (
    <LackingArguments
      of={of}
      signature={signature}
      given={template}
      mend={
        handlerless ? (
          <ButtonLink
            size="small"
            to="/p/$project/functions/$name/edit"
            params={{ project, name: target.name }}
            search={{ v: target.version }}
            hash="/spec/source/handler"
          >
            {m.forms.lacking.editFunction}
          </ButtonLink>
        ) : (
          <ButtonLink size="small" to="/p/$project/triggers/$id/edit" params={{ project, id }}>
            {m.triggers.edit}
          </ButtonLink>
        )
      }
    />
  );
}
