import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { TextField } from "../field/TextField.tsx";
import { Popover } from "./Popover.tsx";

function Example({ text, align }: { text: string; align?: "start" | "end" }) {
  return (
    <Held<boolean> initial>
      {(open, setOpen) => (
        <Popover label="Rename" open={open} onOpenChange={setOpen} align={align} trigger={<Button>Rename</Button>}>
          <p>{text}</p>
          <Held initial="bridges">
            {(value, setValue) => <TextField label="Name" value={value} onChange={setValue} />}
          </Held>
        </Popover>
      )}
    </Held>
  );
}

export const story: Story = {
  about: "A small surface beside its trigger.",
  keyboard: { "Enter or Space": "open it", Escape: "closes it, and gives the focus back", Tab: "goes round within it" },
  states: {
    closed: (
      <Popover label="Rename" trigger={<Button>Rename</Button>}>
        <p>The old name is forgotten.</p>
      </Popover>
    ),
  },
  alone: {
    open: <Example text="The old name is forgotten." />,
    "at the end": <Example text="The old name is forgotten." align="end" />,
    "long text": <Example text={longText} />,
  },
};
