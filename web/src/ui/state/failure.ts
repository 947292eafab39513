/** What a view needs to know of a failure; api/error.ts makes it, so that ui need not know the API. */
export interface Failure {
  kind: "error" | "forbidden" | "not-found" | "offline";
  message: string;
  requestId?: string | undefined;
  /** All that a report should hold. */
  details: string;
}

/** An error that carries what a view shows. */
export interface FailureCarrier {
  failure: Failure;
}

/** Reads the failure that an error carries; any other error is a defect of the page. */
export function failureOf(error: unknown): Failure {
  if (typeof error === "object" && error !== null && "failure" in error) return (error as FailureCarrier).failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "error", message, details: error instanceof Error ? (error.stack ?? message) : message };
}
