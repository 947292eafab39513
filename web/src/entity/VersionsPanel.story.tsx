import type { ReactNode } from "react";
import { longText, nothing, type Story } from "../stories/story.ts";
import { Opened } from "../stories/Opened.tsx";
import { type ListedVersion, VersionsPanel } from "./VersionsPanel.tsx";

function versions(count: number, name = "calm-penguin"): ListedVersion[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `v${count - index}`,
    status: { version_number: count - index },
    metadata: { version: `${name}-${count - index}`, created: "2026-11-22T10:00:00Z", created_by: "maria" },
  }));
}

interface ExampleProps {
  list: readonly ListedVersion[];
  total?: number;
  current: string;
}

const compare = ({ id }: ListedVersion) => <a href={`#versions-panel/${id}`}>Compare {id}</a>;

function Example({ list, total = list.length, current }: ExampleProps) {
  const link = (version: ListedVersion, _: boolean, content: ReactNode) => (
    <a href="#versions-panel" aria-current={version.id === current ? "page" : undefined}>
      {content}
    </a>
  );
  return (
    <VersionsPanel versions={list} total={total} current={current} link={link} compare={compare} onStep={nothing} />
  );
}

export const story: Story = {
  about: "All versions of a name with the current one marked. In a narrow window a button opens it as a drawer.",
  keyboard: { "[ ]": "go to the older version, to the newer one" },
  states: {},
  alone: {
    default: <Example list={versions(5)} current="v4" />,
    one: <Example list={versions(1)} current="v1" />,
    empty: <Example list={[]} current="" />,
    "many, not all listed": <Example list={versions(50)} total={1280} current="v50" />,
    "long text": <Example list={versions(3, longText)} current="v3" />,
    "opened where it is a drawer": (
      <Opened by="click">
        <Example list={versions(5)} current="v4" />
      </Opened>
    ),
  },
};
