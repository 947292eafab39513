import { type ComponentType, createContext, useContext } from "react";
import type { Json, JsonObject } from "../lib/json.ts";
import type { Field } from "./field.ts";
import type { Hint, Hints } from "./hints.ts";
import type { Problem } from "./validate.ts";

/** What a field is drawn from. */
export interface FieldProps {
  field: Field;
  hint: Hint;
  hints: Hints;
  pointer: string;
  /** Its name where the schema has none: of a list's items. */
  label?: string | undefined;
  /** An item of a list keeps its place when it is emptied. */
  item?: boolean | undefined;
  /** The name is already said beside it. */
  bare?: boolean | undefined;
}

/** What a widget edits with. It shows a value and tells what is typed; label, help and error are around it. */
export interface WidgetProps extends FieldProps {
  value: Json | undefined;
  id: string;
  label: string;
  /** The ids of help and error. */
  described: string | undefined;
  invalid: boolean;
  readOnly: boolean;
  placeholder: string | undefined;
  onChange: (value: Json | undefined) => void;
  onBlur: () => void;
}

/** What the values of a form are compared with. */
export interface Baseline {
  value: JsonObject;
  /** What it is called: "the last run". */
  label: string;
}

export interface FormState {
  id: string;
  root: Field;
  value: JsonObject;
  baseline: Baseline | undefined;
  /** Fields that cannot be changed, with the reason. */
  locked: Readonly<Record<string, string>>;
  omit: readonly string[];
  /** What the code tells is filled in by itself, as nothing is there yet. */
  fills: boolean;
  set: (pointer: string, value: Json | undefined) => void;
  touch: (pointer: string) => void;
  /** What is to be shown at a field. */
  problemsAt: (pointer: string) => readonly Problem[];
  /** Draws a field; handed down so that widgets can hold fields. */
  Field: ComponentType<FieldProps>;
}

export const FormContext = createContext<FormState | undefined>(undefined);

/** The form around; widgets live in one only. */
export function useForm(): FormState {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error("a field outside of a form");
  return form;
}

/** The id of a field's control. */
export function idOf(form: string, pointer: string): string {
  return `${form}${encodeURI(pointer)}`;
}
