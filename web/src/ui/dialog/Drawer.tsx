import { Dialog, type DialogProps } from "./Dialog.tsx";

/** A dialog at the end of the window, for what is looked at beside a page: the composer, a peek into a log. */
export function Drawer(props: Omit<DialogProps, "side" | "bare">) {
  return <Dialog {...props} side="end" />;
}
