import { useEffect, useState } from "react";
import type { Signature } from "../code/signature.ts";
import { isObject, type Json, member } from "../lib/json.ts";
import { codeOf } from "../lib/inline-code.ts";

/** What the function of a version is called with, where its code tells; it comes a moment later. */
export function useSignature(spec: unknown): Signature | undefined {
  const [known, setKnown] = useState<{ of: unknown; signature: Signature | undefined }>();
  useEffect(() => {
    const code = codeOf(spec);
    const handler = member(member(spec, "source"), "handler");
    if (code === undefined || typeof handler !== "string" || handler === "") return;
    let current = true;
    void (async () => {
      const { signatureOf } = await import("../code/signature.ts");
      if (current) setKnown({ of: spec, signature: signatureOf(code.text, code.language, handler) });
    })();
    return () => {
      current = false;
    };
  }, [spec]);
  return known !== undefined && known.of === spec ? known.signature : undefined;
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
