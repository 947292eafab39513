import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { LazyPalette } from "../palette/LazyPalette.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { lazily, useFetchedLater } from "../../ui/lazy/lazily.tsx";
import { menus } from "../../ui/menu/Menu.tsx";
import { usePrefs } from "../../ui/prefs/prefs.ts";
import { navigation } from "./navigation.ts";

const Help = lazily(async () => (await import("./Help.tsx")).Help);
const parts = [Help];

export interface ShellCommands {
  openPalette: () => void;
  openHelp: () => void;
}

/** The keys that work everywhere, the palette and the sheet of shortcuts. */
export function Commands({
  project,
  children,
}: {
  project: string | undefined;
  children: (commands: ShellCommands) => ReactNode;
}) {
  const navigate = useNavigate();
  const { change } = usePrefs();
  const [open, setOpen] = useState<"palette" | "help" | undefined>(undefined);
  const commands: ShellCommands = { openPalette: () => setOpen("palette"), openHelp: () => setOpen("help") };
  const toggleTheme = () => change({ theme: document.documentElement.dataset["theme"] === "dark" ? "light" : "dark" });
  const goTo =
    project === undefined
      ? {}
      : Object.fromEntries(
          navigation
            .flatMap((group) => group.entries)
            .filter(({ key }) => key !== undefined)
            .map(({ key, to, material = "" }) => [
              `g ${key}`,
              () => void navigate({ to, params: { project, material } }),
            ]),
        );
  useFetchedLater(parts);
  // As soon as the frame stands: the menus of a page work without the server too.
  useEffect(() => menus.fetch(), []);
  useShortcuts({
    "mod+k": () => setOpen(open === "palette" ? undefined : "palette"),
    "?": commands.openHelp,
    t: toggleTheme,
    ...goTo,
  });
  const openChange = (is: boolean) => setOpen(is ? open : undefined);
  return (
    <>
      {children(commands)}
      <LazyPalette
        open={open === "palette"}
        project={project}
        onOpenChange={openChange}
        onHelp={commands.openHelp}
        onTheme={toggleTheme}
      />
      {open === "help" && <Help onOpenChange={openChange} />}
    </>
  );
}
