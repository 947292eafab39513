import { longText, type Story } from "../../stories/story.ts";
import { Key } from "./Key.tsx";

export const story: Story = {
  about: "An id or key, shortened where there is no room, with a button that copies all of it.",
  keyboard: { Enter: "copies it" },
  states: {
    default: <Key value="store://bridges/model/forest:v7" what="the key" />,
    "an id": <Key value="6f9619ff8b86d011b42d00c04fc964ff" what="the id" />,
    "long text": <Key value={longText} what="the key" />,
  },
};
