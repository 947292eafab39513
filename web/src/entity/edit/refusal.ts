import { ApiError } from "../../api/error.ts";

/** A failure that no field of the form says; undefined when the fields say it all. */
export function unplaced(failure: Error | null): Error | undefined {
  if (failure === null) return undefined;
  const places = failure instanceof ApiError ? failure.fields : [];
  const placed = places.length > 0 && places.every(({ pointer }) => /^\/(name|kind|metadata|spec)(\/|$)/.test(pointer));
  return placed ? undefined : failure;
}
