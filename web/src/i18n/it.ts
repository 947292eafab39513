import { app } from "./it/app.ts";
import { functions } from "./it/functions.ts";
import { projects } from "./it/projects.ts";
import { ui } from "./it/ui.ts";
import type { Messages } from "./language.ts";

/** The Italian words. */
export const it = { app, ui, projects, functions } satisfies Messages;
