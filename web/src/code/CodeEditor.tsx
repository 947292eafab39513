import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useMessages } from "../i18n/language.ts";
import css from "./Code.module.css";
import { syntax } from "./languages.ts";
import { cspNonce } from "./nonce.ts";
import type { CodeEditorProps, Mark } from "./props.ts";
import { theme } from "./theme.ts";

/** Marks a change that came from outside, which is not reported back. */
const outside = Annotation.define<true>();

/**
 * A code editor: line numbers, folding, search, brackets, completion, remarks at lines. Tab indents; after Esc
 * it leaves, so that the keyboard is never trapped. It keeps its own text; a value that differs replaces it.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, language, marks } = props;
  const words = useMessages().code;
  const { phrases } = words;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const parts = useRef({
    language: new Compartment(),
    mode: new Compartment(),
    attributes: new Compartment(),
    said: new Compartment(),
  });
  const current = useRef(props);
  useEffect(() => {
    current.current = props;
  });

  // Before the next key is read: somebody may be typing in what stood here.
  useLayoutEffect(() => {
    const { language: lang, mode, attributes, said } = parts.current;
    const editor = new EditorView({
      parent: host.current ?? document.createElement("div"),
      state: EditorState.create({
        doc: current.current.value,
        extensions: [
          cspNonce(),
          said.of([]),
          base,
          lang.of([]),
          mode.of(modeOf(current.current.readOnly === true)),
          attributes.of(attributesOf(current.current)),
          autocompletion({ override: [(context) => complete(context, current.current)] }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || update.transactions.some((t) => t.annotation(outside) === true)) return;
            current.current.onChange?.(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            blur: () => {
              current.current.onBlur?.();
            },
          }),
        ],
      }),
    });
    view.current = editor;
    const { caret } = current.current;
    if (caret?.current !== undefined) {
      editor.dispatch({ selection: { anchor: Math.min(caret.current, editor.state.doc.length) } });
      editor.focus();
      caret.current = undefined;
    }
    return () => {
      editor.destroy();
      view.current = undefined;
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.said.reconfigure(EditorState.phrases.of(phrases)) });
  }, [phrases]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: outside.of(true),
    });
  }, [value]);

  useEffect(() => {
    let here = true;
    const load = async (): Promise<void> => {
      const extension = await syntax(language);
      if (here) view.current?.dispatch({ effects: parts.current.language.reconfigure(extension) });
    };
    void load();
    return () => {
      here = false;
    };
  }, [language]);

  const { readOnly, label, id, described, invalid } = props;
  useEffect(() => {
    const { mode, attributes } = parts.current;
    const next = attributesOf({ label, id, described, invalid, readOnly });
    view.current?.dispatch({ effects: [mode.reconfigure(modeOf(readOnly === true)), attributes.reconfigure(next)] });
  }, [readOnly, label, id, described, invalid]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || marks === undefined) return;
    editor.dispatch(setDiagnostics(editor.state, diagnostics(editor.state, marks)));
    // A text that came from outside has lost its remarks.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [marks, value]);

  return (
    <div className={css.editor} data-invalid={invalid || undefined}>
      <div ref={host} />
      {readOnly !== true && <p className={css.hint}>{words.leave}</p>}
    </div>
  );
}

const base: Extension = [
  lineNumbers(),
  foldGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  lintGutter(),
  EditorView.lineWrapping,
  // Esc, then Tab, is the view's own way out of a Tab that indents.
  keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...searchKeymap, indentWithTab]),
  theme,
];

function modeOf(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.editable.of(true)];
}

type Named = Pick<CodeEditorProps, "label" | "id" | "described" | "invalid" | "readOnly">;

function attributesOf({ label, id, described, invalid, readOnly }: Named): Extension {
  return EditorView.contentAttributes.of({
    "aria-label": label,
    tabindex: "0", // what scrolls is within reach of the keyboard, for checkers that do not know editable content
    ...(id !== undefined && { id }),
    ...(described !== undefined && { "aria-describedby": described }),
    ...(invalid === true && { "aria-invalid": "true" }),
    ...(readOnly === true && { "aria-readonly": "true" }),
  });
}

function complete(context: CompletionContext, { complete: ask }: CodeEditorProps) {
  if (ask === undefined) return null;
  const { from, options } = ask(context.state.doc.toString(), context.pos);
  if (options.length === 0 || (!context.explicit && from === context.pos)) return null;
  return { from, options };
}

function diagnostics(state: EditorState, marks: readonly Mark[]): Diagnostic[] {
  return marks
    .filter((m) => m.line >= 1 && m.line <= state.doc.lines)
    .map(({ line, message, severity }) => {
      const { from, to } = state.doc.line(line);
      return { from, to, severity, message };
    })
    .sort((a, b) => a.from - b.from);
}
