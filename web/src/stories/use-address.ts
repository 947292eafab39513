import { useSyncExternalStore } from "react";
import { type Address, readAddress } from "./address.ts";

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** The address of the window, as long as it changes. */
export function useAddress(): Address {
  return readAddress(useSyncExternalStore(subscribe, () => location.hash));
}
