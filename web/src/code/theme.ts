import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";

/** Both themes in one: colours are the tokens, which know light and dark. */
const frame = EditorView.theme({
  "&": { backgroundColor: "var(--bg-surface)", color: "var(--text)", font: "var(--type-code)" },
  "&.cm-focused": { outline: "none" }, // its frame shows it: the gutter and the lines would lie over a mark in here
  ".cm-scroller": { font: "var(--type-code)", maxHeight: "70vh" },
  ".cm-content, .cm-gutter": { minHeight: "calc(20px * 8)" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": {
    backgroundColor: "var(--bg-subtle)",
    color: "var(--text-muted)",
    borderInlineEnd: "1px solid var(--border)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--bg-subtle)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 30%, transparent)",
  },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--accent) 20%, transparent)" },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--bg-subtle)",
    border: "1px solid var(--border)",
    color: "var(--text-2)",
  },
  ".cm-panels": { backgroundColor: "var(--bg-subtle)", color: "var(--text)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--border)" },
  // The library paints fields and buttons for light alone, and their words too small.
  ".cm-panels .cm-textfield, .cm-panels .cm-button": {
    backgroundColor: "var(--bg-surface)",
    backgroundImage: "none",
    border: "1px solid var(--border-strong)",
    borderRadius: "var(--radius-control)",
    color: "var(--text)",
    font: "var(--type-meta)",
  },
  ".cm-panels .cm-button:active": { backgroundImage: "none" },
  ".cm-panels .cm-search .cm-textfield": { inlineSize: "150px" }, // all of a search on one line beside a form
  // Its button that closes stands over its corner.
  ".cm-panels .cm-panel.cm-search": { paddingInlineEnd: "calc(var(--target) + var(--space-8))" },
  ".cm-panels .cm-search label": {
    verticalAlign: "middle",
    display: "inline-flex",
    alignItems: "center",
    gap: "var(--space-4)",
    minBlockSize: "var(--target)",
    font: "var(--type-meta)",
  },
  ".cm-panels .cm-search label input": { inlineSize: "16px", blockSize: "16px", margin: "4px" },
  ".cm-panels .cm-search button[name=close]": {
    inlineSize: "var(--target)",
    blockSize: "var(--target)",
    textAlign: "center",
    fontSize: "16px",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--bg-surface)",
    color: "var(--text)",
    border: "1px solid var(--border-raised)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-on)" },
  ".cm-searchMatch": { backgroundColor: "var(--warning-bg)", outline: "1px solid var(--warning-fg)" },
  ".cm-searchMatch-selected": { outlineWidth: "2px" },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine, .cm-insertedLine": { backgroundColor: "var(--success-bg)" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--error-bg)" },
  ".cm-scroller .cm-collapsedLines": {
    background: "var(--bg-subtle)",
    color: "var(--text-2)",
  },
  "&.cm-merge-b .cm-deletedText": { background: "none" },
  // Code keeps its colours within what changed, so what changed is underlined and has no deeper ground.
  "&.cm-merge-b .cm-changedText, &.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": {
    background: "none",
    textDecoration: "underline 2px",
    textUnderlineOffset: "3px",
  },
});

const colours = HighlightStyle.define([
  { tag: [t.keyword, t.operatorKeyword, t.modifier], color: "var(--accent)", fontWeight: "600" },
  { tag: [t.string, t.special(t.string)], color: "var(--success-fg)" },
  { tag: [t.number, t.bool, t.null], color: "var(--warning-fg)" },
  { tag: [t.comment], color: "var(--text-muted)", fontStyle: "italic" },
  { tag: [t.function(t.variableName), t.definition(t.variableName), t.className], color: "var(--running-fg)" },
  { tag: [t.propertyName, t.definition(t.propertyName), t.typeName], color: "var(--built-fg)" },
  { tag: [t.invalid], color: "var(--error-fg)" },
]);

export const theme: Extension = [frame, syntaxHighlighting(colours)];
