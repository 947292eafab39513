import { Copy, EllipsisVertical, Play, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Held } from "../../stories/Held.tsx";
import { Opened } from "../../stories/Opened.tsx";
import { longText, nothing, type Story } from "../../stories/story.ts";
import { Button } from "../button/Button.tsx";
import { IconButton } from "../button/IconButton.tsx";
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "./Menu.tsx";

function Open({ children }: { children: ReactNode }) {
  return (
    <Opened by="enter">
      <Menu trigger={<Button>Actions</Button>} align="start">
        {children}
      </Menu>
    </Opened>
  );
}

const actions = (
  <>
    <MenuItem icon={<Play />} shortcut="r" onSelect={nothing}>
      Run
    </MenuItem>
    <MenuItem icon={<Copy />} onSelect={nothing}>
      Copy the key
    </MenuItem>
    <MenuLink>
      <a href="#menu">Show</a>
    </MenuLink>
    <MenuSeparator />
    <MenuItem icon={<Trash2 />} danger onSelect={nothing}>
      Delete
    </MenuItem>
  </>
);

export const story: Story = {
  about: "A menu of actions or choices, which comes with the pointer or the focus.",
  keyboard: {
    "Enter, Space or ↓": "open it",
    "↓ ↑ Home End": "move",
    "a letter": "goes to what begins with it",
    Escape: "closes it, and gives the focus back",
  },
  states: {
    closed: <Menu trigger={<IconButton label="Actions" icon={<EllipsisVertical />} />}>{actions}</Menu>,
  },
  alone: {
    actions: <Open>{actions}</Open>,
    "disabled with reason": (
      <Open>
        <MenuItem icon={<Play />} disabledReason="The server is away." onSelect={nothing}>
          Run
        </MenuItem>
        <MenuItem onSelect={nothing}>Show</MenuItem>
      </Open>
    ),
    choices: (
      <Open>
        <Held initial="light">
          {(value, setValue) => (
            <MenuChoice
              label="Theme"
              value={value}
              options={[
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
              ]}
              onChange={setValue}
            />
          )}
        </Held>
        <MenuSeparator />
        <MenuLabel>Columns</MenuLabel>
        <Held<boolean> initial>
          {(checked, setChecked) => (
            <MenuCheck checked={checked} onChange={setChecked}>
              Labels
            </MenuCheck>
          )}
        </Held>
      </Open>
    ),
    many: (
      <Open>
        {Array.from({ length: 60 }, (_, index) => (
          <MenuItem key={index} onSelect={nothing}>
            Version {index}
          </MenuItem>
        ))}
      </Open>
    ),
    "long text": (
      <Open>
        <MenuItem icon={<Play />} shortcut="r" onSelect={nothing} disabledReason={longText}>
          {longText}
        </MenuItem>
        <MenuLabel>{longText}</MenuLabel>
      </Open>
    ),
  },
};
