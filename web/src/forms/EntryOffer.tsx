import { useEffect, useRef, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import { codeOf, type InlineCode } from "../lib/inline-code.ts";
import type { Json } from "../lib/json.ts";
import { Button } from "../ui/button/Button.tsx";
import { useSteady } from "../ui/late/use-steady.ts";
import { focusField } from "./focus.ts";
import { idOf, useForm } from "./form-context.ts";
import { asText } from "./pairs.ts";
import { get, parent } from "./value.ts";

/**
 * At a field that names a function of the code beside it: where the code tells which one that is, it is filled in as long
 * as nobody is in the field of a new form or typed there, and offered to an empty field otherwise.
 */
export function EntryOffer({ pointer, value }: { pointer: string; value: Json | undefined }) {
  const form = useForm();
  const words = useMessages().forms;
  const text = asText(value);
  const entry = useEntry(codeOf({ source: get(form.value, parent(pointer)) }));
  const filled = useRef("");
  const own = useRef(!form.fills);
  const fill = useSteady((now: string, next: string | undefined) => {
    // What stands there and was not filled in was typed; so was taking out what was filled in.
    if (now !== filled.current) own.current = true;
    if (own.current || next === undefined || next === now) return;
    // Who is in the field is about to type: it is offered there.
    if (document.activeElement?.id === idOf(form.id, pointer)) return;
    filled.current = next;
    form.set(pointer, next);
  });
  useEffect(() => fill(text, entry), [fill, text, entry]);
  if (entry === undefined || text !== "") return null;
  return (
    <Button
      size="small"
      onClick={() => {
        form.set(pointer, entry);
        focusField(form.id, pointer); // the button goes
      }}
    >
      {words.takeEntry(entry)}
    </Button>
  );
}

/** The function that runs of some code begin with; it comes a moment later. */
function useEntry(code: InlineCode | undefined): string | undefined {
  const [known, setKnown] = useState<{ text: string; entry: string | undefined }>();
  const { text, language } = code ?? {};
  useEffect(() => {
    if (text === undefined || language === undefined || text === "") return undefined;
    let current = true;
    void (async () => {
      const { entryOf } = await import("../code/signature.ts");
      if (current) setKnown({ text, entry: entryOf(text, language) });
    })();
    return () => {
      current = false;
    };
  }, [text, language]);
  return known !== undefined && known.text === text ? known.entry : undefined;
}
