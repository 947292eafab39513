import { Plus } from "lucide-react";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { EmptyState } from "./EmptyState.tsx";

const create = (
  <Button tone="primary" icon={<Plus />}>
    Create a function
  </Button>
);

export const story: Story = {
  about: "What a list shows when there is nothing yet: what the thing is for, and how to begin.",
  keyboard: { Tab: "reaches its action" },
  states: {
    default: (
      <EmptyState title="No functions yet" help="A function is code that dhub keeps and runs." action={create} />
    ),
    "without an action": <EmptyState title="No runs yet" help="Runs appear here as they start." />,
    "with a way to begin": (
      <EmptyState title="No functions yet" help="A function is code that dhub keeps and runs." action={create}>
        <pre>dhub create function hello.py</pre>
      </EmptyState>
    ),
    "long text": <EmptyState title={longText} help={longText} action={create} />,
  },
};
