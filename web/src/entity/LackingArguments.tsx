import { Plus } from "lucide-react";
import { Fragment, type ReactNode, type Ref } from "react";
import type { Signature } from "../code/signature.ts";
import { useMessages } from "../i18n/language.ts";
import { isObject, type Json, type JsonObject } from "../lib/json.ts";
import { Button } from "../ui/button/Button.tsx";
import { Callout } from "../ui/callout/Callout.tsx";
import { lacking, namesNoHandler } from "./use-signature.ts";

interface LackingArgumentsProps {
  /** The specification of the version that is executed. */
  of: unknown;
  /** What its function is called with, as far as that is known (useSignature). */
  signature: Signature | undefined;
  /** The specification of the run, or a template of one. */
  given: JsonObject;
  /** What each run could be given as an input, where there is such a thing: the entity that fired a trigger. */
  fired?: string | undefined;
  /** Takes the specification with a further argument, and leads to its field; where it can be changed. */
  onAdd?: ((next: JsonObject, pointer: string) => void) | undefined;
  /** Whether the person is asked to go on all the same. */
  asked?: boolean | undefined;
  /** The way to where it is mended: to the function, which names its handler, or to what cannot be changed here. */
  mend?: ReactNode;
  /** What takes the focus when the person is asked. */
  ref?: Ref<HTMLDivElement>;
}

/** Says which arguments the function demands that a run does not give: it would fail. */
export function LackingArguments({ of, signature, given, fired, onAdd, asked, mend, ref }: LackingArgumentsProps) {
  const m = useMessages();
  const words = m.forms.lacking;
  if (namesNoHandler(of)) {
    return (
      <div ref={ref} tabIndex={-1} role="group" aria-label={words.noHandler}>
        <Callout tone="warning" title={words.noHandler} actions={mend}>
          {asked === true && words.asked}
        </Callout>
      </div>
    );
  }
  const names = lacking(signature, given);
  if (signature === undefined || names.length === 0) return null;
  const add = (member: "inputs" | "parameters", name: string, value: Json) =>
    onAdd?.({ ...given, [member]: withMember(given[member], name, value) }, `/${member}/${name}`);
  const title = words.title(signature.name, names);
  return (
    <div ref={ref} tabIndex={-1} role="group" aria-label={title}>
      <Callout
        tone="warning"
        title={title}
        actions={
          onAdd === undefined
            ? mend
            : names.map((name) => (
                <Fragment key={name}>
                  <Button size="small" icon={<Plus />} onClick={() => add("parameters", name, "")}>
                    {words.add(name)}
                  </Button>
                  <Button size="small" icon={<Plus />} onClick={() => add("inputs", name, fired ?? "")}>
                    {fired === undefined ? words.input(name) : words.fired(name)}
                  </Button>
                </Fragment>
              ))
        }
      >
        {asked === true ? `${words.help} ${words.asked}` : words.help}
      </Callout>
    </div>
  );
}

/** A map, or a list of maps as inputs may be, with one member more. */
function withMember(value: Json | undefined, name: string, member: Json): Json {
  if (Array.isArray(value)) return [...value, { [name]: member }];
  return { ...(isObject(value) ? value : {}), [name]: member };
}
