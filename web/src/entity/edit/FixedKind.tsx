import { useMessages } from "../../i18n/language.ts";
import { TextField } from "../../ui/field/TextField.tsx";

/** The kind of an entity that exists, with the reason why it stays. */
export function FixedKind({ title }: { title: string }) {
  const m = useMessages();
  return (
    <TextField label={m.editor.kind} value={title} readOnly help={m.editor.kindFixed} onChange={() => undefined} />
  );
}
