import type { ReactNode } from "react";
import type { ButtonTone } from "../ui/button/Button.tsx";
import { ButtonLink } from "./links.tsx";
import type { Place } from "./place.ts";

interface PlaceButtonProps {
  place: Place;
  tone?: ButtonTone | undefined;
  icon?: ReactNode;
  "aria-label"?: string | undefined;
  children: ReactNode;
}

/** A small button that leads to a place which is only known at run time. */
export function PlaceButton({ place, children, ...rest }: PlaceButtonProps) {
  return (
    <ButtonLink size="small" {...place} {...rest}>
      {children}
    </ButtonLink>
  );
}
