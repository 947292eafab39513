import { createContext, useContext } from "react";

export interface ToastMessage {
  tone: "success" | "info" | "error";
  text: string;
  /** Takes back what was done. */
  undo?: (() => void) | undefined;
  /** What else can be done about it, instead of taking it back. */
  action?: { label: string; run: () => void } | undefined;
}

export const ToastContext = createContext<(message: ToastMessage) => void>(() => {});

/** Shows a short message that something happened; failures stay until they are dismissed. */
export function useToast(): (message: ToastMessage) => void {
  return useContext(ToastContext);
}
