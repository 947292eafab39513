import { type RefObject, useState } from "react";
import { lacking, namesNoHandler, useSignature } from "../../entity/use-signature.ts";
import type { JsonObject } from "../../lib/json.ts";

/**
 * What a run lacks, so that it would fail: a function to call, or arguments of it. Who starts it all the same is asked
 * once, at the warning in its place, and again when it lacks something else. applies is false where runs of this kind
 * are given no arguments.
 */
export function useLack(of: unknown, given: JsonObject, applies: boolean, place: RefObject<HTMLElement | null>) {
  const signature = useSignature(of);
  const names = applies ? lacking(signature, given) : [];
  const what = applies && namesNoHandler(of) ? "handler" : names.map((name) => `argument ${name}`).join(" ");
  const [answered, setAnswered] = useState("");
  return {
    signature,
    /** The arguments that nothing gives. */
    names,
    /** Whether the person was asked about just this. */
    asked: what !== "" && answered === what,
    /** Whether the run may start; if not, the person is asked. */
    mayStart: (): boolean => {
      if (what === "" || answered === what) return true;
      setAnswered(what);
      place.current?.focus();
      place.current?.scrollIntoView({ block: "center" });
      return false;
    },
  };
}
