import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useMessages } from "../i18n/language.ts";
import css from "./Code.module.css";
import { syntax } from "./languages.ts";
import { cspNonce } from "./nonce.ts";
import { theme } from "./theme.ts";

interface DiffViewProps {
  before: string;
  after: string;
  /** What the two are called, such as v6 and v7. */
  names: readonly [before: string, after: string];
  language: string;
  /** Beside each other, or one text with what changed in it. */
  layout: "split" | "unified";
}

/** Before the shared theme, which leaves room for typing. */
const asLongAsItIs = EditorView.theme({ ".cm-content, .cm-gutter": { minHeight: "0" } });

/** The differences of two texts, to read; equal stretches are folded. In a chunk of its own. */
export function DiffView({ before, after, names, language, layout }: DiffViewProps) {
  const words = useMessages().code;
  const { phrases } = words;
  const host = useRef<HTMLDivElement>(null);
  const [nameBefore, nameAfter] = names;
  useEffect(() => {
    let gone = false;
    let destroy: (() => void) | undefined;
    const load = async (): Promise<void> => {
      const extension = await syntax(language);
      const parent = host.current;
      if (gone || parent === null) return;
      const read = (label: string): Extension => [
        cspNonce(),
        EditorState.phrases.of(phrases),
        lineNumbers(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        asLongAsItIs,
        EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true", tabindex: "0" }),
        theme,
        extension,
      ];
      const collapseUnchanged = { margin: 3, minSize: 6 };
      const view =
        layout === "split"
          ? new MergeView({
              parent,
              a: { doc: before, extensions: read(nameBefore) },
              b: { doc: after, extensions: read(nameAfter) },
              collapseUnchanged,
            })
          : new EditorView({
              parent,
              doc: after,
              extensions: [
                read(nameAfter),
                unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged }),
              ],
            });
      destroy = () => view.destroy();
    };
    void load();
    return () => {
      gone = true;
      destroy?.();
    };
  }, [before, after, nameBefore, nameAfter, language, layout, phrases]);
  return <div ref={host} role="group" aria-label={words.diff(nameBefore, nameAfter)} className={css.diff} />;
}
