import { longText, type Story } from "../stories/story.ts";
import { Key } from "../ui/key/Key.tsx";
import { TimeAgo } from "../ui/time/TimeAgo.tsx";
import { Facts } from "./Facts.tsx";

export const story: Story = {
  about: "Names with values; what is undefined is left out.",
  keyboard: { Tab: "reaches what is in the values" },
  states: {
    default: (
      <Facts
        facts={[
          ["Kind", "python"],
          ["Created", <TimeAgo key="created" at="2026-11-22T10:00:00Z" />],
          ["Key", <Key key="key" value="store://bridges/model/forest:v7" what="the key" />],
          ["Description", undefined],
        ]}
      />
    ),
    empty: <Facts facts={[]} />,
    verbatim: <Facts facts={[["learning_rate", "0.1"]]} verbatim />,
    "long text": <Facts facts={[[longText, longText]]} />,
  },
};
