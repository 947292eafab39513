import { type RefObject, useEffect, useRef, useState } from "react";

/** Tells whether what needs so many pixels finds less in an element, so that some of it lies aside. */
export function useAside(element: RefObject<HTMLElement | null>, least: number): boolean {
  const [aside, setAside] = useState(false);
  const look = useRef(() => {});
  useEffect(() => {
    look.current = () => setAside(least > (element.current?.clientWidth ?? least));
    look.current();
  }, [element, least]);
  useEffect(() => {
    if (element.current === null || typeof ResizeObserver === "undefined") return undefined;
    const observer = new ResizeObserver(() => look.current());
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return aside;
}
