import { useSyncExternalStore } from "react";
import type { Material } from "../material.ts";

/** Why an upload stopped: at which file and part, and what was said. */
export interface UploadFailure {
  file?: string | undefined;
  part?: number | undefined;
  parts?: number | undefined;
  /** What the server said; empty when it could not be reached. */
  message: string;
  /** The address of the files, when it is not the one that the page came from: the browser refuses that. */
  elsewhere?: string | undefined;
}

/** An upload that this page has begun. */
export interface Upload {
  /** Of the version that it makes. */
  id: string;
  project: string;
  material: Material;
  name: string;
  bytes: number;
  sent: number;
  /** finishing: all bytes are there, and the version is being completed. */
  phase: "sending" | "finishing" | "done" | "failed";
  failure?: UploadFailure | undefined;
}

let list: readonly Upload[] = [];
const listeners = new Set<() => void>();

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function set(next: readonly Upload[]): void {
  const active = (uploads: readonly Upload[]) => uploads.some(({ phase }) => phase !== "done");
  // Who leaves the page loses what is under way: the browser asks first.
  if (active(next) && !active(list)) addEventListener("beforeunload", warn);
  if (!active(next) && active(list)) removeEventListener("beforeunload", warn);
  list = next;
  for (const listener of listeners) listener();
}

/** Takes in what became of an upload. */
export function putUpload(upload: Upload): void {
  set(
    list.some(({ id }) => id === upload.id)
      ? list.map((old) => (old.id === upload.id ? upload : old))
      : [upload, ...list],
  );
}

export function dropUpload(id: string): void {
  set(list.filter((upload) => upload.id !== id));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The uploads of this page, newest first. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => list);
}

/** How much of an upload has been sent, from 0 to 1. */
export function shareOf({ bytes, sent }: Upload): number {
  return bytes === 0 ? 1 : Math.min(1, sent / bytes);
}
