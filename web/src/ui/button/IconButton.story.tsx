import { Copy, Play, Trash2 } from "lucide-react";
import { longText, type Story } from "../../stories/story.ts";
import { Opened } from "../../stories/Opened.tsx";
import { IconButton } from "./IconButton.tsx";

export const story: Story = {
  about: "A button that shows an icon only; its name is its tooltip too.",
  keyboard: { "Enter or Space": "presses it", Tab: "shows the tooltip with the focus" },
  states: {
    default: <IconButton label="Copy the key" icon={<Copy />} />,
    small: <IconButton label="Copy the key" icon={<Copy />} size="small" />,
    tones: (
      <p>
        <IconButton label="Run" icon={<Play />} tone="primary" />
        <IconButton label="Delete" icon={<Trash2 />} tone="danger" />
      </p>
    ),
    busy: <IconButton label="Run" icon={<Play />} busy />,
    "disabled with reason": <IconButton label="Run" icon={<Play />} disabledReason="The server is away." />,
  },
  alone: {
    "tooltip with a key": (
      <Opened by="focus">
        <IconButton label="Run" icon={<Play />} shortcut="r" />
      </Opened>
    ),
    "long text": (
      <Opened by="focus">
        <IconButton label={longText} icon={<Play />} />
      </Opened>
    ),
  },
};
