import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { Callout } from "./Callout.tsx";

export const story: Story = {
  about: "A remark within a page. One about a failure is announced.",
  keyboard: { Tab: "reaches its actions" },
  states: {
    info: <Callout tone="info">The function has a newer version.</Callout>,
    success: <Callout tone="success">All of the checks passed.</Callout>,
    warning: (
      <Callout tone="warning" title="This is not the latest version">
        Runs started here use the code of v3.
      </Callout>
    ),
    error: (
      <Callout tone="error" title="Not saved">
        Somebody else saved this function meanwhile.
      </Callout>
    ),
    "with actions": (
      <Callout
        tone="warning"
        title="This is not the latest version"
        actions={<Button onClick={nothing}>Latest</Button>}
      />
    ),
    "long text": (
      <Callout tone="info" title={longText} actions={<Button onClick={nothing}>Show</Button>}>
        {longText}
      </Callout>
    ),
  },
};
