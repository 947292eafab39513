import type { ReactNode } from "react";
import { type Named, placeOf } from "./place.ts";
import { PlaceLink } from "./PlaceLink.tsx";

interface EntityLinkProps {
  of: Named;
  className?: string | undefined;
  "aria-label"?: string | undefined;
  children?: ReactNode;
}

/** A link to the page of a document of any type; plain text for one that has no page. */
export function EntityLink({ of, children, ...rest }: EntityLinkProps) {
  const place = placeOf(of);
  const text = children ?? of.name;
  return place === undefined ? (
    <span className={rest.className}>{text}</span>
  ) : (
    <PlaceLink place={place} {...rest}>
      {text}
    </PlaceLink>
  );
}
