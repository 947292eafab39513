import { Held } from "../../stories/Held.tsx";
import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { Checkbox } from "../field/Checkbox.tsx";
import { ConfirmDanger } from "./ConfirmDanger.tsx";

interface ExampleProps {
  effects?: readonly string[] | undefined;
  retype?: string;
  busy?: boolean;
  failure?: string;
  blocked?: string;
  choice?: boolean;
}

function Example({ choice, busy = false, effects, ...rest }: ExampleProps) {
  return (
    <Held<boolean> initial>
      {(open, setOpen) => (
        <>
          <Button onClick={() => setOpen(true)}>Delete</Button>
          <ConfirmDanger
            {...rest}
            open={open}
            onOpenChange={setOpen}
            title="Delete bridges"
            effects={effects}
            counting="Counting what goes with it…"
            submit="Delete"
            busy={busy}
            onConfirm={nothing}
          >
            {choice === true && (
              <Held initial={false}>
                {(on, setOn) => <Checkbox label="With all of its files" checked={on} onChange={setOn} />}
              </Held>
            )}
          </ConfirmDanger>
        </>
      )}
    </Held>
  );
}

const effects = ["3 functions with 12 versions", "128 runs with their logs", "2 triggers"];

export const story: Story = {
  about: "Asks before something is destroyed: it lists what goes with it, and may ask to type the name.",
  keyboard: { Escape: "closes it, and nothing is done", Enter: "in the field does it, once the name is typed" },
  states: {},
  alone: {
    default: <Example effects={effects} />,
    "type the name": <Example effects={effects} retype="bridges" />,
    "with a choice": <Example effects={effects} choice />,
    loading: <Example />,
    busy: <Example effects={effects} busy />,
    error: <Example effects={effects} failure="A run of it has begun meanwhile. Stop it first." />,
    "disabled with reason": <Example effects={effects} blocked="The server is away." />,
    "many and long": (
      <Example
        effects={Array.from({ length: 30 }, (_, i) => `${i + 1}: ${longText}`)}
        retype="recordings_northern_viaduct_resampled_joined_with_weather"
      />
    ),
  },
};
