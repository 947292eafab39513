import { Held } from "../../stories/Held.tsx";
import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { TextField } from "../field/TextField.tsx";
import { Dialog, type DialogProps } from "./Dialog.tsx";
import { DialogFoot } from "./DialogFoot.tsx";

function Example(props: Omit<DialogProps, "open" | "onOpenChange">) {
  return (
    <Held<boolean> initial>
      {(open, setOpen) => (
        <>
          <Button onClick={() => setOpen(true)}>Open</Button>
          <Dialog {...props} open={open} onOpenChange={setOpen} />
        </>
      )}
    </Held>
  );
}

function Name({ initial = "" }: { initial?: string }) {
  return (
    <Held initial={initial}>
      {(name, setName) => <TextField label="Name" value={name} onChange={setName} required />}
    </Held>
  );
}

export const story: Story = {
  about: "A modal dialog: it holds the focus, and gives it back to what had it.",
  keyboard: {
    Escape: "closes it",
    "Tab, Shift Tab": "go round within it",
    Enter: "in a field submits it, where it submits",
  },
  states: {},
  alone: {
    "with a form": (
      <Example
        title="New project"
        description="Functions, data and runs that belong together."
        onSubmit={nothing}
        footer={<DialogFoot submit="Create" onCancel={nothing} />}
      >
        <Name />
      </Example>
    ),
    busy: (
      <Example title="New project" onSubmit={nothing} footer={<DialogFoot submit="Create" busy onCancel={nothing} />}>
        <Name initial="bridges" />
      </Example>
    ),
    "disabled with reason": (
      <Example
        title="New project"
        onSubmit={nothing}
        footer={<DialogFoot submit="Create" blocked="Type a name first." onCancel={nothing} />}
      >
        <Name />
      </Example>
    ),
    wide: (
      <Example title="Shortcuts" size="wide">
        <p>{longText}</p>
      </Example>
    ),
    "long text": (
      <Example
        title={longText}
        description={longText}
        onSubmit={nothing}
        footer={<DialogFoot submit={longText} onCancel={nothing} />}
      >
        {Array.from({ length: 20 }, (_, index) => (
          <p key={index}>{longText}</p>
        ))}
        <Name initial={longText} />
      </Example>
    ),
  },
};
