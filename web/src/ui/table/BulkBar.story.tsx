import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { BulkBar } from "./BulkBar.tsx";

export const story: Story = {
  about: "What can be done with the rows selected; it is there while some are.",
  keyboard: { Tab: "goes through what can be done" },
  states: {
    default: (
      <BulkBar count={3} onClear={nothing}>
        <Button size="small">Stop</Button>
        <Button size="small" tone="danger">
          Delete
        </Button>
      </BulkBar>
    ),
    empty: (
      <BulkBar count={0} onClear={nothing}>
        <Button size="small">Stop</Button>
      </BulkBar>
    ),
    "disabled with reason": (
      <BulkBar count={1} onClear={nothing}>
        <Button size="small" disabledReason="Choose two to compare.">
          Compare
        </Button>
      </BulkBar>
    ),
    "long text": (
      <BulkBar count={10_000} onClear={nothing}>
        <Button size="small">{longText}</Button>
      </BulkBar>
    ),
  },
};
