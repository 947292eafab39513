import { useMedia } from "../ui/media/use-media.ts";

/** Whether the window has room for a panel beside the page (console.md 6.4.3). */
export function useWide(): boolean {
  return useMedia("(width >= 1280px)");
}
