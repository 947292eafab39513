import { useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect } from "react";
import type { FieldError } from "../../api/error.ts";
import type { FormHandle } from "../../forms/SchemaForm.tsx";
import { child } from "../../forms/value.ts";
import type { JsonObject } from "../../lib/json.ts";
import { dataMembers, type InputPlace, memberOf, parameterNames } from "./spec.ts";

/** The forms of the steps; where the whole is written as YAML, that is the configuration's. */
export interface StepForms {
  configuration: RefObject<FormHandle | null>;
  data: RefObject<FormHandle | null>;
}

interface LeadTo {
  forms: StepForms;
  spec: JsonObject;
  /** Where the input went that the address asks for. */
  input: InputPlace | undefined;
  /** The field that the server refused. */
  refused: FieldError | undefined;
}

/** Leads to the field that the address names, when the page comes, and to one that the server refuses. */
export function useLeadToField({ forms: { configuration, data }, spec, input, refused }: LeadTo) {
  const { hash } = useLocation();
  useEffect(() => {
    if (refused === undefined) return;
    const form = dataMembers.has(memberOf(refused.pointer) ?? "") ? data : configuration;
    form.current?.focus(refused.pointer.replace(/^\/spec/, ""));
  }, [refused, configuration, data]);
  useEffect(() => {
    // The first parameter is what most often changes; its name is known here only.
    const [parameter] = parameterNames(spec);
    if (hash === "/parameters") data.current?.focus(parameter === undefined ? hash : child(hash, parameter));
    if (hash === "/inputs") data.current?.focus(input === undefined ? hash : child(hash, input.argument));
    // Once, when the page comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
}
