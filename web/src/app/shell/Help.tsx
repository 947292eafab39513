import { useMessages } from "../../i18n/language.ts";
import { ShortcutSheet } from "../../ui/keys/ShortcutSheet.tsx";
import { shortcutGroups } from "./shortcut-groups.ts";

/** The sheet of all shortcuts. */
export function Help({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  return <ShortcutSheet open onOpenChange={onOpenChange} groups={shortcutGroups(useMessages())} />;
}
