import { longText, nothing, type Story } from "../../stories/story.ts";
import { LinkButton } from "../button/LinkButton.tsx";
import { ErrorPanel } from "./ErrorPanel.tsx";
import type { Failure, FailureCarrier } from "./failure.ts";

function failing(kind: Failure["kind"], message: string): FailureCarrier {
  return { failure: { kind, message, requestId: "01JD9ZK6V3", details: `${kind}: ${message}` } };
}

const back = <LinkButton href="#error-panel">All functions</LinkButton>;

export const story: Story = {
  about: "Says what failed, why, and what can be done.",
  keyboard: { Tab: "reaches Retry and Copy details" },
  states: {
    error: <ErrorPanel error={failing("error", "The database is locked.")} what="runs" onRetry={nothing} />,
    forbidden: (
      <ErrorPanel error={failing("forbidden", "This needs the role admin.")} what="members" onRetry={nothing} />
    ),
    "not found": (
      <ErrorPanel error={failing("not-found", "There is no function train.")} what="the function">
        {back}
      </ErrorPanel>
    ),
    offline: <ErrorPanel error={failing("offline", "")} what="runs" onRetry={nothing} />,
    "a defect of the page": <ErrorPanel error={new Error("undefined is not an object")} what="runs" />,
    "long text": <ErrorPanel error={failing("error", longText)} what={longText} onRetry={nothing} />,
  },
};
