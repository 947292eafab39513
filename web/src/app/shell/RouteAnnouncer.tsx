import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import css from "./RouteAnnouncer.module.css";

/** After a navigation the focus goes to the page's heading, and the page is named to screen readers. */
export function RouteAnnouncer() {
  const router = useRouter();
  const [page, setPage] = useState("");
  useEffect(
    () =>
      router.subscribe("onResolved", ({ fromLocation, toLocation }) => {
        // The first page keeps the browser's focus, and a filter or tab keeps that of its control.
        if (fromLocation === undefined || fromLocation.pathname === toLocation.pathname) return;
        requestAnimationFrame(() => {
          const title = document.querySelector<HTMLElement>("[data-page-title]");
          // A fragment that is a pointer names the field that takes the focus; the page gives it. A dialog that was opened
          // meanwhile keeps it: one that is robbed of it selects what has been typed, and the next key replaces that.
          const dialog = document.activeElement?.closest("[role=dialog][data-state=open]") ?? null;
          if (dialog === null && !toLocation.hash.startsWith("/")) title?.focus({ preventScroll: true });
          setPage(title?.textContent ?? "");
        });
      }),
    [router],
  );
  return (
    <div aria-live="polite" className={css.hidden}>
      {page}
    </div>
  );
}
