import { app } from "./it/app.ts";
import { account } from "./it/account.ts";
import { begin } from "./it/begin.ts";
import { code } from "./it/code.ts";
import { compare } from "./it/compare.ts";
import { composer } from "./it/composer.ts";
import { entities } from "./it/entities.ts";
import { editor } from "./it/editor.ts";
import { forms } from "./it/forms.ts";
import { functions } from "./it/functions.ts";
import { graph } from "./it/graph.ts";
import { imports } from "./it/imports.ts";
import { lineage } from "./it/lineage.ts";
import { logs } from "./it/logs.ts";
import { materials } from "./it/materials.ts";
import { overview } from "./it/overview.ts";
import { projects } from "./it/projects.ts";
import { runs } from "./it/runs.ts";
import { search } from "./it/search.ts";
import { secrets } from "./it/secrets.ts";
import { settings } from "./it/settings.ts";
import { tables } from "./it/tables.ts";
import { templates } from "./it/templates.ts";
import { triggers } from "./it/triggers.ts";
import { ui } from "./it/ui.ts";
import type { Messages } from "./language.ts";

/** The Italian words. */
export const it = {
  editor,
  compare,
  app,
  account,
  begin,
  code,
  composer,
  entities,
  forms,
  functions,
  graph,
  imports,
  lineage,
  logs,
  materials,
  overview,
  projects,
  runs,
  search,
  secrets,
  settings,
  tables,
  templates,
  triggers,
  ui,
} satisfies Messages;
