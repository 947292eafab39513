import { pieces } from "../../lib/highlight.ts";
import css from "./Highlight.module.css";

/** A text with what was found in it marked. */
export function Highlight({ marked }: { marked: string }) {
  return pieces(marked).map(({ text, found, at }) =>
    found ? (
      <mark key={at} className={css.found}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
