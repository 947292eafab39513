import { isObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { SweepDraft } from "./sweep.ts";

/** What a composed run has beside its specification. */
export interface Beside {
  version: string;
  sweep: SweepDraft | undefined;
}

/** As a draft keeps it. */
export function besideOut({ version, sweep }: Beside): JsonObject {
  return { version, ...(sweep !== undefined && { sweep: { parameter: sweep.parameter, values: sweep.values } }) };
}

/** As a draft has it; a version that is not there any more gives way to the usual one. */
export function besideIn(kept: Json | undefined, versions: readonly string[], usual: Beside): Beside {
  if (!isObject(kept)) return usual;
  const { version, sweep } = kept;
  const [parameter, values] = isObject(sweep) ? [sweep["parameter"], sweep["values"]] : [];
  return {
    version: typeof version === "string" && versions.includes(version) ? version : usual.version,
    sweep: typeof parameter === "string" && typeof values === "string" ? { parameter, values } : undefined,
  };
}
