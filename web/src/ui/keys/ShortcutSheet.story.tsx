import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { defaultPrefs, PrefsContext } from "../prefs/prefs.ts";
import { type ShortcutGroup, ShortcutSheet } from "./ShortcutSheet.tsx";

const groups: ShortcutGroup[] = [
  {
    title: "Everywhere",
    entries: [
      { keys: "mod+k", does: "Search or jump to" },
      { keys: "?", does: "This sheet" },
      { keys: "g f", does: "Go to functions" },
    ],
  },
  {
    title: "In a list",
    entries: [
      { keys: "j", does: "Next row" },
      { keys: "shift+x", does: "Select up to here" },
    ],
  },
];

function Example({ list = groups }: { list?: readonly ShortcutGroup[] }) {
  return (
    <Held<boolean> initial>
      {(open, setOpen) => (
        <>
          <Button onClick={() => setOpen(true)}>Shortcuts</Button>
          <ShortcutSheet open={open} onOpenChange={setOpen} groups={list} />
        </>
      )}
    </Held>
  );
}

const off = { prefs: { ...defaultPrefs, singleKeys: false }, change: () => {} };

export const story: Story = {
  about: "All shortcuts at a glance.",
  keyboard: { "?": "opens it, anywhere", Escape: "closes it", "↓ ↑": "scroll it" },
  states: {},
  alone: {
    default: <Example />,
    "single keys are off": (
      <PrefsContext value={off}>
        <Example />
      </PrefsContext>
    ),
    many: (
      <Example
        list={Array.from({ length: 12 }, (_, group) => ({
          title: `Group ${group + 1}`,
          entries: Array.from({ length: 8 }, (_, index) => ({ keys: "g f", does: `Does ${group}.${index}` })),
        }))}
      />
    ),
    "long text": <Example list={[{ title: longText, entries: [{ keys: "mod+shift+k g f", does: longText }] }]} />,
  },
};
