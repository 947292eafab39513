import type { Messages } from "../../i18n/language.ts";

/** What a state belongs to; the same word means different things for runs and for data (console.md 6.6). */
export type StatusEntity = "run" | "service" | "material" | "trigger" | "other";

export type StatusTone = "queued" | "built" | "running" | "success" | "warning" | "stopped" | "error" | "deleting";

export type StatusIcon =
  | "created"
  | "cube"
  | "dotted"
  | "check"
  | "clock"
  | "play"
  | "dot"
  | "halfSquare"
  | "halfArrow"
  | "square"
  | "success"
  | "cross"
  | "upload"
  | "bin"
  | "unknown";

export interface StatusView {
  word: keyof Omit<Messages["ui"]["states"], "tooltip"> | undefined;
  icon: StatusIcon;
  tone: StatusTone;
}

const table: Record<string, StatusView> = {
  CREATED: { word: "CREATED", icon: "created", tone: "queued" },
  BUILT: { word: "BUILT", icon: "cube", tone: "built" },
  READY: { word: "READY", icon: "check", tone: "success" },
  PENDING: { word: "PENDING", icon: "clock", tone: "queued" },
  RUNNING: { word: "RUNNING", icon: "play", tone: "running" },
  STOP: { word: "STOP", icon: "halfSquare", tone: "warning" },
  RESUME: { word: "RESUME", icon: "halfArrow", tone: "warning" },
  STOPPED: { word: "STOPPED", icon: "square", tone: "stopped" },
  COMPLETED: { word: "COMPLETED", icon: "success", tone: "success" },
  SUCCEEDED: { word: "COMPLETED", icon: "success", tone: "success" },
  ERROR: { word: "ERROR", icon: "cross", tone: "error" },
  FAILED: { word: "ERROR", icon: "cross", tone: "error" },
  UPLOADING: { word: "UPLOADING", icon: "upload", tone: "running" },
  DELETING: { word: "DELETING", icon: "bin", tone: "deleting" },
  DELETED: { word: "DELETED", icon: "bin", tone: "deleting" },
};

const exceptions: Partial<Record<StatusEntity, Record<string, StatusView>>> = {
  run: { READY: { word: "QUEUED", icon: "dotted", tone: "queued" } },
  service: {
    READY: { word: "QUEUED", icon: "dotted", tone: "queued" },
    RUNNING: { word: "UP", icon: "dot", tone: "success" },
  },
  trigger: {
    RUNNING: { word: "ON", icon: "dot", tone: "success" },
    STOPPED: { word: "OFF", icon: "square", tone: "stopped" },
  },
};

/** How a state is shown; one that is not known here is shown as it is. */
export function statusView(state: string, entity: StatusEntity): StatusView {
  const own = (views: Record<string, StatusView> = {}) => (Object.hasOwn(views, state) ? views[state] : undefined);
  return own(exceptions[entity]) ?? own(table) ?? { word: undefined, icon: "unknown", tone: "queued" };
}

/** The word of a state in the language spoken. */
export function statusWord(m: Messages, state: string, entity: StatusEntity): string {
  const { word } = statusView(state, entity);
  return word === undefined ? state : m.ui.states[word];
}

/** Whether a run in this state still changes by itself. */
export function isLive(state: string): boolean {
  return ["CREATED", "BUILT", "READY", "PENDING", "RUNNING", "STOP", "RESUME", "DELETING", "UPLOADING"].includes(state);
}
