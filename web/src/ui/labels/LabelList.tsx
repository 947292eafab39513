import css from "./Labels.module.css";

/** Labels in a row of a table: as many as fit, all in the tooltip. */
export function LabelList({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <span className={css.list} title={labels.join(", ")}>
      {labels.map((word) => (
        <span key={word} className={css.chip}>
          {word}
        </span>
      ))}
    </span>
  );
}
