import { useEffect, useState } from "react";
import type { Signature } from "../code/signature.ts";
import { isObject, type Json, member } from "../lib/json.ts";
import { codeOf } from "../lib/inline-code.ts";

/** What the function of a version is called with, where its code tells; it comes a moment later. */
export function useSignature(spec: unknown): Signature | undefined {
  return useParsedSignature(spec).signature;
}

/** The same, and whether the code is still being parsed: what is not known yet may be in a moment. */
export function useParsedSignature(spec: unknown): { signature: Signature | undefined; parsing: boolean } {
  const [known, setKnown] = useState<{ of: unknown; signature: Signature | undefined }>();
  useEffect(() => {
    const entry = entryOf(spec);
    if (entry === undefined) return;
    let current = true;
    void (async () => {
      const signature = await parsed(entry).catch(() => undefined); // without its parser nothing is known of the code
      if (current) setKnown({ of: spec, signature });
    })();
    return () => {
      current = false;
    };
  }, [spec]);
  const done = known !== undefined && known.of === spec;
  return { signature: done ? known.signature : undefined, parsing: !done && entryOf(spec) !== undefined };
}

interface Entry {
  text: string;
  language: string;
  handler: string;
}

/** The code of a version and what of it is called; undefined where one of them is not named. */
function entryOf(spec: unknown): Entry | undefined {
  const code = codeOf(spec);
  const handler = member(member(spec, "source"), "handler");
  if (code === undefined || typeof handler !== "string" || handler === "") return undefined;
  return { text: code.text, language: code.language, handler };
}

async function parsed({ text, language, handler }: Entry): Promise<Signature | undefined> {
  const { signatureOf } = await import("../code/signature.ts");
  return signatureOf(text, language, handler);
}

/** Whether a version has code of its own and does not say which function of it is called. */
export function namesNoHandler(spec: unknown): boolean {
  const handler = member(member(spec, "source"), "handler");
  return codeOf(spec)?.language === "python" && (typeof handler !== "string" || handler === "");
}

/** The required arguments that neither the inputs nor the parameters of a run give. */
export function lacking(signature: Signature | undefined, given: Readonly<Record<string, Json>>): readonly string[] {
  const names = new Set([given["inputs"], given["parameters"]].flatMap(namesIn));
  return signature?.required.filter((name) => !names.has(name)) ?? [];
}

/** Inputs may be one object or a list of them. */
function namesIn(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return isObject(value) ? Object.keys(value) : [];
}
