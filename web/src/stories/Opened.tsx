import { type ReactNode, useEffect, useRef, useState } from "react";

interface OpenedProps {
  by: "enter" | "click" | "focus";
  children: ReactNode;
}

/** Opens what its first button or field opens, as a person would: a surface that has no property for being open. */
export function Opened({ by, children }: OpenedProps) {
  const around = useRef<HTMLDivElement>(null);
  const [opening, setOpening] = useState(true);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const control = around.current?.querySelector<HTMLElement>("button, input");
      control?.focus();
      if (by === "enter") control?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      if (by === "click") control?.click();
      setOpening(false);
    });
    return () => cancelAnimationFrame(frame);
  }, [by]);
  return (
    <div ref={around} data-opening={opening || undefined}>
      {children}
    </div>
  );
}
