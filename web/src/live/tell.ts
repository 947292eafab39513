import type { Change } from "./apply.ts";

type Tell = (change: Omit<Change, "seq">) => void;

let current: Tell = () => {};

/** Lets the feed hear what this page does itself; set once at start. */
export function setTell(tell: Tell): void {
  current = tell;
}

/** Tells that this page created, changed or deleted something, so that what is cached follows at once. */
export function tellChange(change: Partial<Change> & Pick<Change, "verb" | "entity" | "project">): void {
  current({ id: "", kind: "", name: "", state: "", ...change });
}
