import { Play, Trash2 } from "lucide-react";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "./Button.tsx";

export const story: Story = {
  about: "Does something. One that cannot be used now stays within reach and says why.",
  keyboard: { "Enter or Space": "presses it; a second press of a double click does nothing where that could harm" },
  states: {
    tones: (
      <p>
        <Button>Plain</Button> <Button tone="primary">Primary</Button> <Button tone="quiet">Quiet</Button>{" "}
        <Button tone="danger">Danger</Button>
      </p>
    ),
    small: (
      <p>
        <Button size="small">Plain</Button>{" "}
        <Button size="small" tone="primary">
          Primary
        </Button>{" "}
        <Button size="small" tone="quiet">
          Quiet
        </Button>{" "}
        <Button size="small" tone="danger">
          Danger
        </Button>
      </p>
    ),
    "with an icon": (
      <p>
        <Button icon={<Play />}>Run</Button>{" "}
        <Button icon={<Trash2 />} tone="danger">
          Delete
        </Button>
      </p>
    ),
    busy: (
      <Button tone="primary" busy>
        Save
      </Button>
    ),
    pressed: (
      <Button tone="quiet" aria-pressed>
        Wrap
      </Button>
    ),
    "disabled with reason": (
      <Button icon={<Play />} disabledReason="The server is away: writing rests until it is back.">
        Run
      </Button>
    ),
    "long text": <Button icon={<Play />}>{longText}</Button>,
  },
};
