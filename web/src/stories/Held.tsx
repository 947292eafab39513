import { type ReactNode, useState } from "react";

interface HeldProps<T> {
  initial: T;
  children: (value: T, change: (value: T) => void) => ReactNode;
}

/** Holds the value of a component that holds none itself, so that a story can be typed into. */
export function Held<T>({ initial, children }: HeldProps<T>) {
  const [value, setValue] = useState(initial);
  return children(value, setValue);
}
