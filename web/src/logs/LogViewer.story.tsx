import { encodeText } from "../lib/base64.ts";
import { Held } from "../stories/Held.tsx";
import { longText, nothing, type Story } from "../stories/story.ts";
import { LogViewer } from "./LogViewer.tsx";
import type { Follow, FollowState } from "./stream.ts";

/** A log that prints a text, and then ends or stays in a state. */
function printing(text: string, then: FollowState | "end"): Follow {
  return async (handlers, signal) => {
    handlers.onState({ is: "live" });
    if (text !== "")
      handlers.onEvent({ event: "message", data: JSON.stringify({ offset: 0, attempt: 1, data: encodeText(text) }) });
    if (then === "end") handlers.onEvent({ event: "end", data: "{}" });
    else handlers.onState(then);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  };
}

const text = [
  "Loading batch 1 of 64",
  "\u001b[33mWARNING\u001b[0m the station VI-12 has no wind",
  "ERROR the data item recordings has no rows",
  "Traceback (most recent call last):",
  "ValueError: no rows",
  "",
].join("\n");
const follow = {
  ended: printing(text, "end"),
  live: printing(text, { is: "live" }),
  none: printing("", "end"),
  waiting: printing("", { is: "live" }),
  away: printing(text, { is: "reconnecting", tries: 3, until: Date.now() + 30_000 }),
  refused: printing("", { is: "refused", status: 404 }),
  long: printing(`${longText}\n${longText.replaceAll(" ", "_")}\n`, "end"),
  hostile: printing("<img src=x onerror=alert(1)> \u001b]0;title\u0007 \u0008\n", "end"),
  many: printing(Array.from({ length: 20_000 }, (_, line) => `line ${line + 1}\n`).join(""), "end"),
};

interface ExampleProps {
  of: Follow;
  line?: number;
  containers?: readonly { id: string; label: string }[];
}

const main = [{ id: "main", label: "main" }];

function Example({ of, line, containers = main }: ExampleProps) {
  return (
    <Held initial={containers[0]?.id ?? ""}>
      {(container, setContainer) => (
        <LogViewer
          containers={containers}
          container={container}
          onContainer={setContainer}
          follow={of}
          downloadHref="#log-viewer"
          line={line}
          lineHref={(number) => `#L${number}`}
          onLine={nothing}
        />
      )}
    </Held>
  );
}

export const story: Story = {
  about: "The log of a run: live, searchable, linkable, however long.",
  keyboard: {
    f: "follows what comes",
    "n, Shift n": "go to the next match or error, to the one before",
    "↓ ↑ Page Up Page Down": "scroll the text",
  },
  states: {},
  alone: {
    complete: <Example of={follow.ended} />,
    live: <Example of={follow.live} />,
    "a line that is linked": <Example of={follow.ended} line={3} />,
    empty: <Example of={follow.none} />,
    loading: <Example of={follow.waiting} />,
    "cut off": <Example of={follow.away} />,
    error: <Example of={follow.refused} />,
    "several containers": <Example of={follow.ended} containers={[...main, { id: "build", label: longText }]} />,
    hostile: <Example of={follow.hostile} />,
    "long text": <Example of={follow.long} />,
    many: <Example of={follow.many} />,
  },
};
