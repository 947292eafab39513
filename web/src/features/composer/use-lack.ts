import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { lacking, namesNoHandler, useParsedSignature } from "../../entity/use-signature.ts";
import type { JsonObject } from "../../lib/json.ts";

interface Lacking<How> {
  /** The specification of the version that is executed. */
  of: unknown;
  /** What the run gives. */
  given: JsonObject;
  /** False where runs of this kind are given no arguments. */
  applies: boolean;
  /** The warning that says what the run lacks. */
  place: RefObject<HTMLElement | null>;
  /** Starts the run in the way that was asked for. */
  start: (how: How) => void;
}

/**
 * What a run lacks, so that it would fail: a function to call, or arguments of it. Who starts it all the same is asked
 * once, at the warning in its place, and again when it lacks something else. As long as the code is being parsed nobody
 * knows: a start waits for that.
 */
export function useLack<How>({ of, given, applies, place, start }: Lacking<How>) {
  const { signature, parsing } = useParsedSignature(of);
  const names = applies ? lacking(signature, given) : [];
  const what = applies && namesNoHandler(of) ? "handler" : names.map((name) => `argument ${name}`).join(" ");
  const [answered, setAnswered] = useState("");
  const [waiting, setWaiting] = useState<{ how: How }>();
  const unknown = applies && parsing;
  const decide = (how: How) => {
    if (what === "" || answered === what) return start(how);
    setAnswered(what);
    place.current?.focus();
    place.current?.scrollIntoView({ block: "center" });
  };
  const decideNow = useEffectEvent((how: How) => {
    setWaiting(undefined);
    decide(how);
  });
  useEffect(() => {
    if (waiting === undefined || unknown) return;
    const drawn = setTimeout(() => decideNow(waiting.how)); // the warning is there to be led to
    return () => clearTimeout(drawn);
  }, [waiting, unknown]);
  return {
    signature,
    /** The arguments that nothing gives. */
    names,
    /** Whether the person was asked about just this. */
    asked: what !== "" && answered === what,
    /** Whether a start was asked for, and waits until the code is parsed. */
    waiting: waiting !== undefined,
    /** Starts the run if it may start, as soon as that is known; if not, the person is asked. */
    startUnlessAsked: (how: How) => {
      if (unknown) setWaiting({ how });
      else decide(how);
    },
  };
}
