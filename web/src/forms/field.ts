import type { Json, JsonObject } from "../lib/json.ts";

/** What every field has, whatever it holds. */
export interface Common {
  /** The name of the member, or "" for the root and for items. */
  name: string;
  /** The schema's own title; the form finds another where there is none. */
  title?: string;
  description?: string;
  required: boolean;
  readOnly: boolean;
  /** Its value is not shown again and not kept in a draft. */
  secret: boolean;
  default?: Json;
  examples: Json[];
  /** What the schema says besides the standard, under x-ui. */
  ui: JsonObject;
}

export interface ObjectField extends Common {
  type: "object";
  fields: Field[];
  /** What members may hold that are not listed; absent where there may be none. */
  extra?: Field;
}

export interface MapField extends Common {
  type: "map";
  item: Field;
  keyPattern?: string;
  min?: number;
  max?: number;
}

export interface ListField extends Common {
  type: "list";
  item: Field;
  min?: number;
  max?: number;
  unique: boolean;
}

export interface TextField extends Common {
  type: "text";
  pattern?: string;
  format?: string;
  min?: number;
  max?: number;
  /** The text is the base64 of what people edit. */
  base64: boolean;
  mediaType?: string;
}

export interface NumberField extends Common {
  type: "number";
  integer: boolean;
  min?: number;
  max?: number;
  above?: number;
  under?: number;
  step?: number;
}

export interface BooleanField extends Common {
  type: "boolean";
}

/** One of given values. */
export interface ChoiceField extends Common {
  type: "choice";
  options: { value: Json; title?: string; description?: string }[];
}

/** One of several types, told apart by the value. */
export interface UnionField extends Common {
  type: "union";
  variants: Field[];
  /** The variants are there to choose from; else the schema merely tolerates the later ones. */
  offered: boolean;
}

/** Any value: the schema does not say which. */
export interface AnyField extends Common {
  type: "any";
}

/** Outside the dialect: edited as YAML beside its schema. */
export interface IslandField extends Common {
  type: "island";
  schema: Json;
  /** The construct that is outside. */
  reason: string;
}

/** A node of the tree that a form is drawn from. */
export type Field =
  | ObjectField
  | MapField
  | ListField
  | TextField
  | NumberField
  | BooleanField
  | ChoiceField
  | UnionField
  | AnyField
  | IslandField;
