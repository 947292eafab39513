import type { Messages } from "../../i18n/language.ts";
import type { ShortcutGroup } from "../../ui/keys/ShortcutSheet.tsx";
import { navigation } from "./navigation.ts";

/** The sheet's content: what can be pressed by now (console.md 6.12). */
export function shortcutGroups(m: Messages): readonly ShortcutGroup[] {
  const s = m.app.shortcuts;
  return [
    {
      title: s.everywhere,
      entries: [
        { keys: "mod+k", does: s.palette },
        { keys: "?", does: s.help },
        { keys: "t", does: s.theme },
        { keys: "escape", does: s.close },
      ],
    },
    {
      title: s.goTo,
      entries: navigation
        .flatMap((group) => group.entries)
        .flatMap(({ key, label }) => (key === undefined ? [] : [{ keys: `g ${key}`, does: label(m) }])),
    },
    {
      title: s.lists,
      entries: [
        { keys: "/", does: s.filter },
        { keys: "j", does: s.down },
        { keys: "k", does: s.up },
        { keys: "enter", does: s.open2 },
        { keys: "x", does: s.select },
        { keys: "shift+x", does: s.selectRange },
        { keys: "arrowright", does: s.unfold },
        { keys: "arrowleft", does: s.fold },
        { keys: "c", does: s.create },
        { keys: "e", does: s.edit },
        { keys: "r", does: s.rerun },
        { keys: "s", does: s.stop },
        { keys: "l", does: s.logs },
        { keys: "d", does: s.compare },
        { keys: "y", does: s.copy },
        { keys: "delete", does: s.remove },
      ],
    },
    {
      title: s.pages,
      entries: [
        { keys: "e", does: s.edit },
        { keys: "r", does: s.rerun },
        { keys: "s", does: s.stop },
        { keys: "l", does: s.logs },
        { keys: "i", does: s.inspect },
        { keys: "y", does: s.copy },
        { keys: "[", does: s.older },
        { keys: "]", does: s.newer },
        { keys: "f", does: s.follow },
        { keys: "n", does: s.nextMatch },
        { keys: "shift+n", does: s.previousMatch },
        { keys: "mod+enter", does: s.submit },
        { keys: "mod+s", does: s.save },
      ],
    },
  ];
}
