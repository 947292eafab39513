/** A short text with `code` in it, paragraph by paragraph; anything else of Markdown stays as it was written. */
export function Readme({ text }: { text: string }) {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => (
      <p key={paragraph}>
        {paragraph
          .split("`")
          .map((part, index) => (index % 2 === 1 ? <code key={part + String(index)}>{part}</code> : part))}
      </p>
    ));
}
