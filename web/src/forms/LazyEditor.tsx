import { Component, lazy, type ReactNode, Suspense } from "react";
import type { CodeEditorProps } from "../code/props.ts";
import css from "./Form.module.css";

const Editor = lazy(async () => ({ default: (await import("../code/CodeEditor.tsx")).CodeEditor }));

/** The code editor, which comes when it is needed. Until then, and if it cannot come, a plain box takes its place. */
export function LazyEditor(props: CodeEditorProps) {
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
  return (
    <textarea
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
