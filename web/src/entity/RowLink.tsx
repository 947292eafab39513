import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import type { Place } from "./place.ts";

interface RowLinkProps {
  place: Place;
  className?: string | undefined;
  title?: string | undefined;
  children: ReactNode;
}

/**
 * A link in a row of a long list. It never shows whether it is where one is, and so does not listen to the router: the
 * hundred links of a list would all think about each letter that is typed into its filter.
 */
export function RowLink({ place, children, ...rest }: RowLinkProps) {
  const router = useRouter();
  const href = router.history.createHref(router.buildLocation(place).publicHref);
  const preload = () => void router.preloadRoute(place).catch(() => undefined);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    void router.navigate(place);
  };
  return (
    <a {...rest} href={href} onClick={follow} onMouseEnter={preload} onFocus={preload} onTouchStart={preload}>
      {children}
    </a>
  );
}
