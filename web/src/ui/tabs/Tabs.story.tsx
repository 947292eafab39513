import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { type Tab, Tabs } from "./Tabs.tsx";

const tabs: Tab[] = [
  { id: "overview", label: "Overview" },
  { id: "runs", label: "Runs", count: 128 },
  { id: "code", label: "Code" },
];

function Example({ list = tabs, first = "overview" }: { list?: readonly Tab[]; first?: string }) {
  return (
    <Held initial={first}>
      {(value, setValue) => (
        <Tabs label="Parts of the function" tabs={list} value={value} onChange={setValue}>
          <p>The panel of {value}.</p>
        </Tabs>
      )}
    </Held>
  );
}

export const story: Story = {
  about: "A strip of tabs over one panel; the page keeps the one chosen in its address.",
  keyboard: {
    "← →": "choose the tab beside it",
    "Home, End": "choose the first, the last",
    Tab: "goes into the panel",
  },
  states: {
    default: <Example />,
    one: <Example list={tabs.slice(0, 1)} />,
    "many, the last chosen": (
      <Example
        list={Array.from({ length: 30 }, (_, index) => ({ id: String(index), label: `Part ${index}`, count: index }))}
        first="29"
      />
    ),
    "long text": <Example list={[...tabs, { id: "long", label: longText, count: 7 }]} />,
  },
};
