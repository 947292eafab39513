import { useLayoutEffect } from "react";

/** Takes away the outline that index.html shows until the page is drawn; whoever draws a whole page uses it. */
export function useFirstOutline(): void {
  useLayoutEffect(() => document.getElementById("first")?.remove(), []);
}
