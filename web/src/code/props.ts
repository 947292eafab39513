/** A remark at a line. */
export interface Mark {
  line: number;
  message: string;
  severity: "error" | "warning";
}

/** What may be written at a place of a text. */
export type Complete = (
  text: string,
  offset: number,
) => { from: number; options: { label: string; detail?: string }[] };

/** What the editor needs; apart from it, so that naming it loads nothing. */
export interface CodeEditorProps {
  value: string;
  /** python, yaml, json or sql; anything else is plain text. */
  language: string;
  /** Its accessible name. */
  label: string;
  onChange?: ((value: string) => void) | undefined;
  onBlur?: (() => void) | undefined;
  readOnly?: boolean | undefined;
  id?: string | undefined;
  described?: string | undefined;
  invalid?: boolean | undefined;
  marks?: readonly Mark[] | undefined;
  complete?: Complete | undefined;
  /** Where somebody was typing in what the editor takes the place of; it goes on there. */
  caret?: { current: number | undefined } | undefined;
}
