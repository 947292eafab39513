/** What a key press is, as shortcuts write it: "mod+k", "shift+x", "g", "?", "enter". */
export function stroke(event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">): string {
  const key = event.key.toLowerCase();
  const mod = event.metaKey || event.ctrlKey ? "mod+" : "";
  const alt = event.altKey ? "alt+" : "";
  // A shifted sign is a key of its own (?), a shifted letter is a combination.
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? "shift+" : "";
  return mod + alt + shift + key;
}

/** Whether the keys typed so far begin, or are, a shortcut. */
export function match(shortcuts: Iterable<string>, typed: string): "whole" | "part" | "none" {
  let part = false;
  for (const shortcut of shortcuts) {
    if (shortcut === typed) return "whole";
    part ||= shortcut.startsWith(`${typed} `);
  }
  return part ? "part" : "none";
}

/** Whether single keys belong to the element: it takes text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

const mac = /mac|iphone|ipad/i.test(typeof navigator === "undefined" ? "" : navigator.userAgent);

/** A shortcut as people read it: "mod+k" is ⌘K or Ctrl K. */
export function keycaps(shortcut: string): string {
  return shortcut
    .split(" ")
    .map((part) =>
      part
        .split("+")
        .map((key) => names[key] ?? (key.length === 1 && part.includes("+") ? key.toUpperCase() : key))
        .join(mac ? "" : " "),
    )
    .join(" ");
}

const names: Record<string, string> = {
  mod: mac ? "⌘" : "Ctrl",
  shift: mac ? "⇧" : "Shift",
  enter: mac ? "⏎" : "Enter",
  escape: "Esc",
  arrowdown: "↓",
  arrowup: "↑",
  arrowright: "→",
  arrowleft: "←",
  delete: mac ? "⌦" : "Del",
};
