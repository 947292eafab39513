import { type RefObject, useCallback, useEffect, useState } from "react";

/** On which sides of a box there is more of what is wider than the box. */
type Sides = "none" | "start" | "end" | "both";

function sidesOf(box: HTMLElement): Sides {
  const hidden = box.scrollWidth - box.clientWidth;
  const before = Math.abs(box.scrollLeft); // counted downwards where one reads from right to left
  if (hidden < 1) return "none";
  if (before < 1) return "end";
  return before > hidden - 1 ? "start" : "both";
}

/** Watches a box that scrolls sideways: on which sides there is more. `look` is for when it scrolls. */
export function useSides(ref: RefObject<HTMLElement | null>) {
  const [sides, setSides] = useState<Sides>("none");
  const look = useCallback(() => {
    if (ref.current !== null) setSides(sidesOf(ref.current));
  }, [ref]);
  useEffect(() => {
    const box = ref.current;
    if (box === null) return;
    const watch = new ResizeObserver(look);
    for (const each of [box, ...box.children]) watch.observe(each);
    return () => watch.disconnect();
  }, [look, ref]);
  return { sides, look };
}
