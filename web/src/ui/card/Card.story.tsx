import { Plus } from "lucide-react";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { Card } from "./Card.tsx";

export const story: Story = {
  about: "A part of a page that belongs together; its heading names the region.",
  keyboard: { Tab: "reaches its tools, then what is in it" },
  states: {
    default: (
      <Card title="Last runs">
        <p>Twelve ended well.</p>
      </Card>
    ),
    "with tools": (
      <Card
        title="Triggers"
        tools={
          <Button size="small" icon={<Plus />}>
            Create
          </Button>
        }
      >
        <p>Every night at two.</p>
      </Card>
    ),
    "without a heading": (
      <Card label="Totals">
        <p>Twelve runs, three functions.</p>
      </Card>
    ),
    "long text": (
      <Card title={longText} tools={<Button size="small">Create</Button>}>
        <p>What a card holds breaks its own lines.</p>
      </Card>
    ),
  },
};
