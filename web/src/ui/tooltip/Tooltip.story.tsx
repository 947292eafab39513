import { Opened } from "../../stories/Opened.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { Tooltip } from "./Tooltip.tsx";

export const story: Story = {
  about: "A short remark on hover and on focus; it never holds what is needed to use the page.",
  keyboard: { Tab: "shows it with the focus", Escape: "hides it" },
  states: {
    hidden: (
      <Tooltip text="Newest first">
        <Button>Sort</Button>
      </Tooltip>
    ),
  },
  alone: {
    shown: (
      <Opened by="focus">
        <Tooltip text="Newest first" shortcut="s">
          <Button>Sort</Button>
        </Tooltip>
      </Opened>
    ),
    "long text": (
      <Opened by="focus">
        <Tooltip text={longText}>
          <Button>Sort</Button>
        </Tooltip>
      </Opened>
    ),
  },
};
