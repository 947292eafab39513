import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

/** Keeps one row of a list in the tab order and moves the focus between rows by keys. */
export function useRovingRow(
  ids: readonly string[],
  root: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
) {
  const [chosen, setActive] = useState<string | undefined>(undefined);
  const wanted = useRef<string | undefined>(undefined);
  const active = chosen !== undefined && ids.includes(chosen) ? chosen : ids[0];

  const focus = useCallback(
    (id: string): boolean => {
      const row = root.current?.querySelector<HTMLElement>(`[data-row-id="${CSS.escape(id)}"]`);
      row?.focus();
      return row !== null && row !== undefined;
    },
    [root],
  );

  // A row far away is drawn only after the list has scrolled to it; who draws it says so.
  const drawn = useCallback(() => {
    if (wanted.current !== undefined && focus(wanted.current)) wanted.current = undefined;
  }, [focus]);
  useEffect(drawn);

  // A row that goes takes the focus with it: the one in its place has it then.
  const before = useRef(ids);
  useEffect(() => {
    const at = chosen === undefined ? -1 : before.current.indexOf(chosen);
    before.current = ids;
    if (at < 0 || (chosen !== undefined && ids.includes(chosen)) || document.activeElement !== document.body) return;
    const next = ids[Math.min(at, ids.length - 1)];
    if (next === undefined) return;
    setActive(next);
    if (!focus(next)) wanted.current = next;
  }, [chosen, focus, ids]);

  const move = (key: string, from: number): boolean => {
    const steps: Record<string, number> = {
      j: from + 1,
      arrowdown: from + 1,
      k: from - 1,
      arrowup: from - 1,
      home: 0,
      end: ids.length - 1,
      pagedown: from + 10,
      pageup: from - 10,
    };
    const step = steps[key];
    if (step === undefined) return false;
    const index = Math.max(0, Math.min(ids.length - 1, step));
    const id = ids[index];
    if (id === undefined) return true;
    setActive(id);
    reveal(index);
    if (!focus(id)) wanted.current = id;
    return true;
  };
  return { active, setActive, move, drawn };
}
