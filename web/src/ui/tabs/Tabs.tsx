import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useSides } from "../media/use-sides.ts";
import css from "./Tabs.module.css";

export interface Tab {
  id: string;
  label: string;
  /** A number beside the label, such as of runs. */
  count?: number | undefined;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  value: string;
  /** The page keeps the tab in its URL. */
  onChange: (id: string) => void;
  /** The panel of the tab chosen; the others are not drawn. */
  children: ReactNode;
}

/** A strip of tabs over one panel. */
export function Tabs({ label, tabs, value, onChange, children }: TabsProps) {
  const strip = useRef<HTMLDivElement>(null);
  const { sides, look } = useSides(strip);
  useEffect(() => {
    const list = strip.current;
    const chosen = [...(list?.querySelectorAll<HTMLElement>("[data-tab]") ?? [])].find(
      ({ dataset }) => dataset["tab"] === value,
    );
    if (list === null || chosen === undefined) return undefined;
    // In the middle of a strip that is too long for the window; elsewhere nothing moves.
    const show = () => {
      list.scrollLeft = chosen.offsetLeft - list.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
    };
    show();
    const watch = new ResizeObserver(show); // a window that is made narrow
    watch.observe(list);
    return () => watch.disconnect();
  }, [value]);
  return (
    <Radix.Root value={value} onValueChange={onChange} className={css.tabs}>
      <div className={css.strip} data-more={sides}>
        <Radix.List ref={strip} aria-label={label} className={css.list} onScroll={look}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.id} value={tab.id} data-tab={tab.id} className={css.tab}>
              {tab.label}
              {tab.count !== undefined && (
                <>
                  {" "}
                  <span className={css.count}>{tab.count}</span>
                </>
              )}
            </Radix.Trigger>
          ))}
        </Radix.List>
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className={css.panel}>
          {tab.id === value && children}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
