import { Component, lazy, type ReactNode, Suspense, useLayoutEffect, useRef } from "react";
import type { CodeEditorProps } from "../code/props.ts";
import css from "./Control.module.css";

const Editor = lazy(async () => ({ default: (await import("../code/CodeEditor.tsx")).CodeEditor }));

/**
 * The code editor, which comes when it is needed. Until then, and if it cannot come, a plain box takes its place; who
 * types in that meanwhile goes on typing in the editor.
 */
export function LazyEditor(given: CodeEditorProps) {
  const caret = useRef<number | undefined>(undefined);
  const props = { ...given, caret };
  const plain = <PlainEditor {...props} />;
  return (
    <Fallback plain={plain}>
      <Suspense fallback={plain}>
        <Editor {...props} />
      </Suspense>
    </Fallback>
  );
}

function PlainEditor(props: CodeEditorProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const { caret } = props;
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (caret !== undefined && element !== null && element === document.activeElement)
        caret.current = element.selectionStart;
    };
  }, [caret]);
  return (
    <textarea
      ref={box}
      id={props.id}
      aria-label={props.label}
      aria-describedby={props.described}
      aria-invalid={props.invalid || undefined}
      className={css.area}
      data-mono
      rows={12}
      spellCheck={false}
      readOnly={props.readOnly}
      value={props.value}
      onChange={(event) => props.onChange?.(event.target.value)}
      onBlur={props.onBlur}
    />
  );
}

class Fallback extends Component<{ plain: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? this.props.plain : this.props.children;
  }
}
