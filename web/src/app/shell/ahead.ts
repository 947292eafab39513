import { type AnyRouter, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { later } from "../../ui/lazy/lazily.tsx";
import { navigation } from "./navigation.ts";

const pages = new Set<string>(navigation.flatMap((group) => group.entries.map(({ to }) => to)));

/** Fetches the pages of the menu, not what they show, when a project stands open and nothing is to be done. */
export function usePagesAhead(project: string | undefined): void {
  const router: AnyRouter = useRouter();
  const open = project !== undefined;
  useEffect(() => {
    if (open) later(() => void fetchPages(router));
  }, [open, router]);
}

async function fetchPages(router: AnyRouter): Promise<void> {
  for (const path of pages) {
    const route = router.routesByPath[path];
    if (route === undefined) continue;
    try {
      await router.loadRouteChunk(route);
    } catch {
      return; // a page that does not come is fetched again when it is opened, and told then
    }
  }
}
