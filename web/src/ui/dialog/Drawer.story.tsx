import { Held } from "../../stories/Held.tsx";
import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { SkeletonRows } from "../state/Skeleton.tsx";
import type { DialogProps } from "./Dialog.tsx";
import { DialogFoot } from "./DialogFoot.tsx";
import { Drawer } from "./Drawer.tsx";

function Example(props: Omit<DialogProps, "open" | "onOpenChange" | "side" | "bare">) {
  return (
    <Held<boolean> initial>
      {(open, setOpen) => (
        <>
          <Button onClick={() => setOpen(true)}>Open</Button>
          <Drawer {...props} open={open} onOpenChange={setOpen} />
        </>
      )}
    </Held>
  );
}

export const story: Story = {
  about: "A dialog at the end of the window, for what is looked at beside a page.",
  keyboard: { Escape: "closes it", "Tab, Shift Tab": "go round within it" },
  states: {},
  alone: {
    default: (
      <Example title="Log of train" size="wide">
        <p>Loading batch 40 of 64.</p>
      </Example>
    ),
    "with a foot": (
      <Example title="Run train" onSubmit={nothing} footer={<DialogFoot submit="Run" onCancel={nothing} />}>
        <p>With the values of the last run.</p>
      </Example>
    ),
    loading: (
      <Example title="Log of train">
        <SkeletonRows />
      </Example>
    ),
    "long text": (
      <Example title={longText} onSubmit={nothing} footer={<DialogFoot submit="Run" onCancel={nothing} />}>
        {Array.from({ length: 30 }, (_, index) => (
          <p key={index}>{longText}</p>
        ))}
      </Example>
    ),
  },
};
