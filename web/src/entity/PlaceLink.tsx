import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Place } from "./place.ts";

interface PlaceLinkProps {
  place: Place;
  className?: string | undefined;
  "aria-label"?: string | undefined;
  "data-tone"?: string | undefined;
  children: ReactNode;
}

/** A link to a place that is only known at run time; one that is known beforehand is a typed Link. */
export function PlaceLink({ place, children, ...rest }: PlaceLinkProps) {
  return (
    <Link {...place} {...rest}>
      {children}
    </Link>
  );
}
