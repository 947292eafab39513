let waiting = new AbortController();

/** Lets every stream that waits before its next try make it now: there is a sign that the server is back. */
export function hasten(): void {
  waiting.abort();
  waiting = new AbortController();
}

/** Ends at the next sign that the server is back. */
export function hastened(): AbortSignal {
  return waiting.signal;
}
