import { ExternalLink } from "lucide-react";
import { longText, type Story } from "../../stories/story.ts";
import { LinkButton } from "./LinkButton.tsx";

export const story: Story = {
  about: "Goes somewhere, and looks like a button. Pages use the typed link made of it.",
  keyboard: { Enter: "goes there" },
  states: {
    tones: (
      <p>
        <LinkButton href="#link-button">Plain</LinkButton>{" "}
        <LinkButton href="#link-button" tone="primary">
          Primary
        </LinkButton>{" "}
        <LinkButton href="#link-button" tone="quiet">
          Quiet
        </LinkButton>
      </p>
    ),
    "small, with an icon": (
      <LinkButton href="#link-button" size="small" icon={<ExternalLink />}>
        Show
      </LinkButton>
    ),
    "icon only": <LinkButton href="#link-button" icon={<ExternalLink />} aria-label="Show" />,
    "long text": <LinkButton href="#link-button">{longText}</LinkButton>,
  },
};
