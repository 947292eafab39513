import { useLayoutEffect, useRef, useState } from "react";

/**
 * A function that stays the same and does what the newest drawing would: for what many rows are given, which would
 * otherwise all be drawn again. Only for acts, not for what decides how something looks.
 */
export function useSteady<A extends readonly unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  const newest = useRef(act);
  useLayoutEffect(() => {
    newest.current = act;
  });
  const [steady] = useState(
    () =>
      (...args: A) =>
        newest.current(...args),
  );
  return steady;
}
