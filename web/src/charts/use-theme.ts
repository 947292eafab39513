import { useSyncExternalStore } from "react";

function theme(): string | undefined {
  return document.documentElement.dataset["theme"];
}

function watch(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** The theme the page is painted in: what is drawn on a canvas keeps the colours that it was drawn with. */
export function useTheme(): string | undefined {
  return useSyncExternalStore(watch, theme);
}
