import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { pageConfig } from "../lib/page-config.ts";

/** Lets the editor's style element pass the page's policy, which admits those with its nonce alone. */
export function cspNonce(): Extension {
  const { nonce } = pageConfig();
  return nonce === "" ? [] : EditorView.cspNonce.of(nonce);
}
