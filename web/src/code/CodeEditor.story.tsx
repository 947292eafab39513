import { Held } from "../stories/Held.tsx";
import { longText, type Story } from "../stories/story.ts";
import { CodeEditor } from "./CodeEditor.tsx";
import type { CodeEditorProps } from "./props.ts";

const python =
  'def train(project, ratio=0.2):\n    """Trains the forest."""\n    print("rows", 64)\n    return ratio\n';

function Example({ initial = python, ...rest }: Partial<CodeEditorProps> & { initial?: string }) {
  return (
    <Held initial={initial}>
      {(value, setValue) => <CodeEditor language="python" label="Code" {...rest} value={value} onChange={setValue} />}
    </Held>
  );
}

export const story: Story = {
  about: "A code editor with line numbers, folding, search, brackets, completion and remarks at lines.",
  keyboard: {
    Tab: "indents",
    "Escape, then Tab": "leaves the editor",
    "Ctrl F": "searches",
    "Ctrl Space": "completes",
    "Ctrl Shift [": "folds",
  },
  states: {
    default: <Example />,
    "read only": <Example label="Code to read" readOnly />,
    empty: <Example label="Nothing yet" initial="" />,
    error: (
      <Example
        label="With remarks"
        invalid
        marks={[
          { line: 1, message: "The handler is called train; the function says main.", severity: "error" },
          { line: 3, message: "Prints to the log.", severity: "warning" },
        ]}
      />
    ),
    yaml: <Example label="YAML" language="yaml" initial={"name: bridges\nlabels: [ml]\n"} />,
    "long text": <Example label={longText} initial={`# ${longText}\n${longText.replaceAll(" ", "_")}\n`} />,
  },
  alone: {
    many: <Example initial={Array.from({ length: 2000 }, (_, line) => `print(${line})`).join("\n")} />,
  },
};
