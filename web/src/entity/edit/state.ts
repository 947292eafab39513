import { equal, type JsonObject } from "../../lib/json.ts";
import type { EntityDocument } from "./document.ts";

/** What a form of a new entity is asked to begin with. */
export interface Beginning {
  kind: string;
  /** The template it is taken from. */
  template?: string | undefined;
  metadata?: JsonObject | undefined;
  spec?: JsonObject | undefined;
}

export interface CreateState {
  value: EntityDocument;
  template: string | undefined;
  /** The spec that the form began with: what differs from it was typed. */
  began: JsonObject;
  /** A choice that would throw away what was typed, until it is confirmed. */
  asked: Beginning | undefined;
}

export type CreateAction =
  | { do: "change"; value: EntityDocument }
  | { do: "begin"; with: Beginning }
  | { do: "confirm" }
  | { do: "keep" };

/** The state of the form of a new entity. Another kind or template never throws away a typed spec unasked. */
export function createReducer(state: CreateState, action: CreateAction): CreateState {
  switch (action.do) {
    case "change":
      return { ...state, value: action.value };
    case "begin": {
      const same = action.with.kind === state.value.kind && action.with.template === state.template;
      if (same) return state;
      const typed = !equal(state.value.spec, state.began);
      return typed ? { ...state, asked: action.with } : begin(state, action.with);
    }
    case "confirm":
      return state.asked === undefined ? state : begin(state, state.asked);
    case "keep":
      return { ...state, asked: undefined };
  }
}

function begin({ value }: CreateState, { kind, template, metadata, spec = {} }: Beginning): CreateState {
  return {
    // Words that were typed already stay beside those of the template.
    value: { ...value, kind, metadata: { ...value.metadata, ...metadata }, spec },
    template,
    began: spec,
    asked: undefined,
  };
}
