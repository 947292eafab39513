import { createLink } from "@tanstack/react-router";
import { LinkButton } from "../ui/button/LinkButton.tsx";

/** A typed link that looks like a button. */
export const ButtonLink = createLink(LinkButton);
