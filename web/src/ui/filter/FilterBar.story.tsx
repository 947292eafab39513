import { Held } from "../../stories/Held.tsx";
import { Opened } from "../../stories/Opened.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { FilterBar } from "./FilterBar.tsx";
import type { Filter, FilterValues } from "./filter.ts";

const state: Filter = {
  id: "state",
  label: "State",
  type: "choice",
  multiple: true,
  options: [
    { value: "RUNNING", label: "Running" },
    { value: "COMPLETED", label: "Completed" },
    { value: "ERROR", label: "Failed" },
  ],
};
const since: Filter = { id: "since", label: "Since", type: "choice", options: [{ value: "day", label: "a day ago" }] };
const labels: Filter = { id: "label", label: "Labels", type: "text", options: [{ value: "ml", label: "ml" }] };
const name: Filter = { id: "function", label: "Function", type: "word", options: [{ value: "train", label: "train" }] };
const all = [state, since, labels, name];

interface ExampleProps {
  initial?: FilterValues;
  filters?: readonly Filter[];
  count?: string;
}

const none: FilterValues = {};

function Example({ initial = none, filters = all, count = "128 runs" }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(values, setValues) => (
        <FilterBar
          filters={filters}
          values={values}
          onChange={setValues}
          search={{ id: "q", label: "Find by name" }}
          count={count}
          query={() => "https://dhub.example.org/api/v1/runs?state=ERROR"}
        >
          <Button>Columns</Button>
        </FilterBar>
      )}
    </Held>
  );
}

const long: FilterValues = { q: [longText], state: ["RUNNING", "COMPLETED", "ERROR"], function: [longText] };

export const story: Story = {
  about: "Filters as tokens that can each be edited and removed; in a narrow window they lie behind one button.",
  keyboard: {
    "/": "goes to the text field",
    Escape: "clears the text, then folds what is unfolded",
    "Enter, ↓": "open the token that has the focus",
  },
  states: {
    "nothing filtered": <Example />,
    "some hold": <Example initial={{ q: ["train"], state: ["ERROR"], label: ["ml", "etl"] }} count="3 of 128 runs" />,
    "text alone": <Example filters={[]} count="12 functions" />,
    "long text": (
      <Example
        initial={long}
        filters={[...all, { ...name, id: "other", label: longText }]}
        count="10,000 of 1,000,000 runs"
      />
    ),
  },
  alone: {
    "a choice, open": (
      <Opened by="enter">
        <Example filters={[state]} initial={{ state: ["ERROR"] }} />
      </Opened>
    ),
  },
};
