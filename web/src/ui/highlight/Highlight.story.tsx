import { longText, type Story } from "../../stories/story.ts";
import { Highlight } from "./Highlight.tsx";

export const story: Story = {
  about: "A text with what was found in it marked, as the server marks it; nothing of it is ever HTML.",
  keyboard: {},
  states: {
    default: (
      <p>
        <Highlight marked="the <em>training</em> set of the <em>train</em>" />
      </p>
    ),
    "nothing found": (
      <p>
        <Highlight marked="clean-recordings" />
      </p>
    ),
    hostile: (
      <p>
        <Highlight marked="&lt;img src=x onerror=alert(1)&gt; <em>&lt;b&gt;</em>" />
      </p>
    ),
    "long text": (
      <p>
        <Highlight marked={longText.split(" ").slice(0, 20).join(" <em>of</em> ")} />
      </p>
    ),
  },
};
