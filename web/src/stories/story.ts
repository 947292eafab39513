import type { ReactElement } from "react";

/** What the page of a component shows. Its name is that of its file. */
export interface Story {
  /** What it is for, in a sentence. */
  about: string;
  /** What its keys do: empty for what takes none. */
  keyboard: Readonly<Record<string, string>>;
  /** The states that it can be in, by name, all of which are drawn. */
  states: Readonly<Record<string, ReactElement>>;
  /** States that cover the page or take its keys: each is drawn by itself, at an address of its own. */
  alone?: Readonly<Record<string, ReactElement>>;
}

/** A text that is longer than there is room for, in words that break and one that does not. */
export const longText =
  "Recordings of the accelerometers of the northern viaduct, resampled to one second and joined with the weather of the " +
  "nearest station, without the days of maintenance: recordings_northern_viaduct_resampled_joined_with_weather_v2_final";

/** For what a component tells, where a story has no use for it. */
export function nothing(): void {}
