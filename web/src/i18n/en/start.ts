import { app } from "./app.ts";
import { projects } from "./projects.ts";
import { ui } from "./ui.ts";

/** The words of the frame and of the first page: all that is spoken before a project is opened. */
export const start = { app, ui, projects } as const;
