import { longText, type Story } from "../../stories/story.ts";
import { PlainTable } from "./PlainTable.tsx";

interface RowsProps {
  rows?: number;
  columns?: number;
  text?: string;
}

function Rows({ rows = 3, columns = 3, text = "recordings" }: RowsProps) {
  const across = Array.from({ length: columns }, (_, index) => index);
  return (
    <>
      <thead>
        <tr>
          {across.map((column) => (
            <th key={column} scope="col" data-end={column === columns - 1 || undefined}>
              Column {column + 1}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {across.map((column) => (
              <td key={column} data-end={column === columns - 1 || undefined}>
                {column === columns - 1 ? (row + 1) * 1250 : text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

export const story: Story = {
  about: "A native table of facts, which scrolls inside of itself.",
  keyboard: { "← → ↑ ↓": "scroll one that stands on its own" },
  states: {
    default: (
      <PlainTable label="Facts">
        <Rows />
      </PlainTable>
    ),
    empty: (
      <PlainTable label="No facts">
        <Rows rows={0} />
      </PlainTable>
    ),
    "on its own": (
      <PlainTable label="Framed" framed>
        <Rows />
      </PlainTable>
    ),
    "many, the first column in sight": (
      <PlainTable label="Many" lines="one" framed limited pinned>
        <Rows rows={24} columns={5} />
      </PlainTable>
    ),
    "stacked where it is narrow": (
      <PlainTable label="Stacked" lines="one" stacked>
        <Rows text={longText} />
      </PlainTable>
    ),
    "long text": (
      <PlainTable label={longText} framed>
        <Rows text={longText} />
      </PlainTable>
    ),
    "long text in one line": (
      <PlainTable label="One line" lines="one" framed>
        <Rows text={longText} />
      </PlainTable>
    ),
  },
};
