import { longText, type Story } from "../../stories/story.ts";
import type { StatusEntity } from "./status.ts";
import { StatusBadge } from "./StatusBadge.tsx";

const states = [
  "CREATED",
  "BUILT",
  "READY",
  "PENDING",
  "RUNNING",
  "STOP",
  "RESUME",
  "STOPPED",
  "COMPLETED",
  "ERROR",
  "UPLOADING",
  "DELETING",
  "DELETED",
];

function All({ entity, compact }: { entity: StatusEntity; compact?: boolean }) {
  return (
    <p>
      {states.map((state) => (
        <span key={state}>
          <StatusBadge state={state} entity={entity} compact={compact} />{" "}
        </span>
      ))}
    </p>
  );
}

export const story: Story = {
  about: "A state as icon, word and colour; the raw state is in the tooltip.",
  keyboard: {},
  states: {
    "of runs": <All entity="run" />,
    "of services": <All entity="service" />,
    "of data": <All entity="material" />,
    compact: <All entity="run" compact />,
    counting: <StatusBadge state="RUNNING" entity="run" since="2026-11-22T10:00:00Z" />,
    "a state that is not known": <StatusBadge state="HIBERNATING" entity="run" />,
    "long text": <StatusBadge state={longText} entity="run" />,
  },
};
