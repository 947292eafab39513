/**
 * When a measurement is read again: no change tells of it, so it is read at its own pace while it is shown and what
 * is measured lives. Nothing else may be read by the clock.
 */
export function measured<T>(lives: boolean, pace: (data: T | undefined, reads: number) => number) {
  return {
    refetchInterval: ({ state }: { state: { data: T | undefined; dataUpdateCount: number } }) =>
      lives ? pace(state.data, state.dataUpdateCount) : (false as const),
  };
}
