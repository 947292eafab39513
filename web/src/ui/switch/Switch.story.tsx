import { Held } from "../../stories/Held.tsx";
import { nothing, type Story } from "../../stories/story.ts";
import { Switch } from "./Switch.tsx";

function Example({ initial }: { initial: boolean }) {
  return (
    <Held initial={initial}>
      {(checked, setChecked) => <Switch label="The trigger nightly" checked={checked} onChange={setChecked} />}
    </Held>
  );
}

export const story: Story = {
  about: "A switch that takes effect at once.",
  keyboard: { "Space or Enter": "switches it" },
  states: {
    on: <Example initial />,
    off: <Example initial={false} />,
    busy: <Switch label="The trigger nightly" checked onChange={nothing} busy />,
    "disabled with reason": (
      <Switch label="The trigger nightly" checked={false} onChange={nothing} disabledReason="The server is away." />
    ),
  },
};
