import { createContext, useContext } from "react";
import type { OptionSource } from "../ui/combobox/Combobox.tsx";
import type { EntityFilter } from "./hints.ts";

/** Whether an entity that a key names is there, and a word about it such as its size. */
export type Existence = { exists: true; note: string } | { exists: false };

/** What the server says of a schedule: its words and next times, or why it cannot be read. */
export type Explanation = { words: string; next: readonly string[] } | { problem: string };

/** What may stand between {{ and }} in a text that is filled in later. */
export interface Placeholder {
  name: string;
  help: string;
}

/**
 * Where pickers get their choices. Forms know no page and no address: who shows a form hands in what it has,
 * and a picker without a source is a plain text field.
 */
export interface Pickers {
  /** The project's secrets, by name. */
  secrets?: OptionSource;
  /** Makes a secret in place and says its name; undefined if the person thought better of it. */
  createSecret?: () => Promise<string | undefined>;
  profiles?: OptionSource;
  /** Entities by key (store://…). */
  entities?: (filter: EntityFilter) => OptionSource;
  exists?: (key: string, signal: AbortSignal) => Promise<Existence>;
  /** Labels in use. */
  labels?: OptionSource;
  /** Lets the person choose a file and says where it is. */
  browse?: () => Promise<string | undefined>;
  /** Reads a schedule as the server will; without it the browser reads it. */
  explain?: (schedule: string, zone: string, signal: AbortSignal) => Promise<Explanation>;
  /** Names that texts of the form may refer to. */
  placeholders?: readonly Placeholder[];
  /** The time zone schedules without one are in, and the one that times are shown in. */
  zone?: string;
}

const PickersContext = createContext<Pickers>({});

/** Gives the pickers of all forms below their sources. */
export const PickersProvider = PickersContext.Provider;

export function usePickers(): Pickers {
  return useContext(PickersContext);
}
