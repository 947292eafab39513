import { Opened } from "../../stories/Opened.tsx";
import { longText, type Story } from "../../stories/story.ts";
import type { Column } from "./column.ts";
import { ColumnChooser } from "./ColumnChooser.tsx";

const column = (header: string, optional?: Column<string>["optional"]): Column<string> => ({
  id: header,
  header,
  width: "120px",
  cell: (row) => row,
  ...(optional !== undefined && { optional }),
});

const columns = [column("Name"), column("Labels", "shown"), column("Owner", "hidden")];

export const story: Story = {
  about: "Chooses which optional columns a table shows; the choice stays in this browser.",
  keyboard: { "Enter or ↓": "open it", Space: "shows a column, or hides it; the menu stays", Escape: "closes it" },
  states: { closed: <ColumnChooser id="story-closed" columns={columns} /> },
  alone: {
    open: (
      <Opened by="enter">
        <ColumnChooser id="story-open" columns={columns} />
      </Opened>
    ),
    "long text": (
      <Opened by="enter">
        <ColumnChooser id="story-long" columns={[...columns, column(longText, "shown")]} />
      </Opened>
    ),
  },
};
