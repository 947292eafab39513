import { ChevronDown } from "lucide-react";
import css from "./FilterBar.module.css";

/** The face of a token: its name, and what is chosen. */
export function TokenFace({ label, value }: { label: string; value: string }) {
  return (
    <>
      <span className={css.name}>{label}</span>
      <span className={css.value}>{value}</span>
      <ChevronDown aria-hidden="true" className={css.arrow} />
    </>
  );
}
