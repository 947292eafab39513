import {
  ArrowUp,
  Box,
  Check,
  Circle,
  CircleCheck,
  CircleDashed,
  CirclePlay,
  CircleQuestionMark,
  CircleX,
  Clock,
  Square,
  SquareDashed,
  Trash2,
} from "lucide-react";
import type { StatusIcon } from "./status.ts";

const glyphs = {
  created: Circle,
  cube: Box,
  dotted: CircleDashed,
  check: Check,
  clock: Clock,
  play: CirclePlay,
  dot: Circle,
  halfSquare: SquareDashed,
  halfArrow: CirclePlay,
  square: Square,
  success: CircleCheck,
  cross: CircleX,
  upload: ArrowUp,
  bin: Trash2,
  unknown: CircleQuestionMark,
};

/** The icon of a state; shapes differ, so that colour is not needed to tell them apart. */
export function StatusGlyph({ icon, className }: { icon: StatusIcon; className?: string | undefined }) {
  const Glyph = glyphs[icon];
  return (
    <Glyph
      className={className}
      aria-hidden="true"
      {...(icon === "dot" && { fill: "currentColor" })}
      strokeWidth={icon === "halfArrow" ? 1.25 : 2}
    />
  );
}
