import { type ComponentType, useEffect, useLayoutEffect, useState } from "react";
import { later } from "../../ui/lazy/lazily.tsx";
import type { PaletteProps } from "./Palette.tsx";

type Loaded = ComponentType<PaletteProps>;

const load = async (): Promise<Loaded> => (await import("./Palette.tsx")).Palette;

/** The palette, fetched when the first page stands. What is typed before it is there is not lost. */
export function LazyPalette({ open, ...props }: Omit<PaletteProps, "typed"> & { open: boolean }) {
  const [loaded, setLoaded] = useState<{ Palette: Loaded }>();
  const [early, setEarly] = useState("");
  const waiting = open && loaded === undefined;
  const { onOpenChange } = props;
  useEffect(() => {
    const fetch = () => {
      // Away from the server there is none: keys are its own while it comes, and are given back where it cannot; the
      // next time that it is asked for it is sought again.
      load().then(
        (Palette) => setLoaded({ Palette }),
        () => {
          if (!waiting) return;
          setEarly("");
          onOpenChange(false);
        },
      );
    };
    if (waiting) fetch();
    else later(fetch);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [waiting]);
  useLayoutEffect(() => {
    if (!waiting) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      setEarly((text) => text + event.key);
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [waiting]);
  if (!open || loaded === undefined) return null;
  const close = (is: boolean) => {
    setEarly("");
    props.onOpenChange(is);
  };
  return <loaded.Palette {...props} typed={early} onOpenChange={close} />;
}
