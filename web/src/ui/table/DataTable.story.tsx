import { Held } from "../../stories/Held.tsx";
import { Limited } from "../../stories/Limited.tsx";
import { longText, nothing, type Story } from "../../stories/story.ts";
import { StatusBadge } from "../status/StatusBadge.tsx";
import { TimeAgo } from "../time/TimeAgo.tsx";
import type { Sort } from "../../lib/sort.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./DataTable.tsx";

interface Run {
  id: string;
  name: string;
  state: string;
  created: string;
}

const columns: readonly Column<Run>[] = [
  { id: "name", header: "Name", width: "minmax(140px, 2fr)", cell: (run) => run.name, pin: "start", sort: "name" },
  { id: "state", header: "State", width: "120px", cell: (run) => <StatusBadge state={run.state} entity="run" /> },
  { id: "created", header: "Created", width: "120px", cell: (run) => <TimeAgo at={run.created} />, sort: "created" },
  { id: "id", header: "Id", width: "120px", cell: (run) => run.id, align: "end", optional: "shown" },
];

const states = ["COMPLETED", "ERROR", "RUNNING", "STOPPED"];

function runs(count: number, name = (index: number) => `run-${index}`): Run[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    name: name(index),
    state: states[index % states.length] ?? "",
    created: "2026-11-22T10:00:00Z",
  }));
}

interface ExampleProps {
  label: string;
  rows: readonly Run[];
  busy?: boolean;
  grouped?: boolean;
}

const latestFirst: readonly Sort[] = [{ by: "created", descending: true }];

function Example({ label, rows, busy, grouped }: ExampleProps) {
  return (
    <Held<readonly Sort[]> initial={latestFirst}>
      {(sort, setSort) => (
        <DataTable
          id="story"
          label={label}
          rows={rows}
          rowId={(run) => run.id}
          rowName={(run) => run.name}
          columns={columns}
          onOpen={nothing}
          busy={busy}
          sort={sort}
          onSort={setSort}
          heading={grouped === true ? (run) => (run.id === "r0" ? "Today" : undefined) : undefined}
        />
      )}
    </Held>
  );
}

const five = runs(5);

const more = (run: Run) => <p>More about {run.name}.</p>;

function Chosen() {
  return (
    <Held<ReadonlySet<string>> initial={new Set(["r1"])}>
      {(selected, setSelected) => (
        <Held<ReadonlySet<string>> initial={new Set(["r2"])}>
          {(expanded, setExpanded) => (
            <DataTable
              id="story"
              label="Runs to choose from"
              rows={five}
              rowId={(run) => run.id}
              rowName={(run) => run.name}
              columns={columns}
              onOpen={nothing}
              selected={selected}
              onSelect={setSelected}
              expanded={expanded}
              onExpand={setExpanded}
              details={more}
            />
          )}
        </Held>
      )}
    </Held>
  );
}

export const story: Story = {
  about: "A grid of rows, of which those in sight alone are in the page when there are many.",
  keyboard: {
    "↓ ↑ j k Home End": "move",
    Enter: "opens the row",
    "x, Shift x": "select the row, all up to it",
    "→ ←": "unfold and fold the row",
  },
  states: {
    default: <Example label="Runs" rows={five} />,
    "chosen and unfolded": <Chosen />,
    busy: <Example label="Busy" rows={five} busy />,
    grouped: <Example label="Grouped" rows={five} grouped />,
    empty: <Example label="Empty" rows={[]} />,
    "long text": <Example label="Long" rows={runs(3, () => longText)} />,
  },
  alone: {
    many: (
      <Limited>
        <Example label="Many" rows={runs(10_000)} />
      </Limited>
    ),
  },
};
