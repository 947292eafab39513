import { app } from "./en/app.ts";
import { account } from "./en/account.ts";
import { begin } from "./en/begin.ts";
import { code } from "./en/code.ts";
import { compare } from "./en/compare.ts";
import { composer } from "./en/composer.ts";
import { entities } from "./en/entities.ts";
import { editor } from "./en/editor.ts";
import { forms } from "./en/forms.ts";
import { functions } from "./en/functions.ts";
import { graph } from "./en/graph.ts";
import { imports } from "./en/imports.ts";
import { lineage } from "./en/lineage.ts";
import { logs } from "./en/logs.ts";
import { materials } from "./en/materials.ts";
import { overview } from "./en/overview.ts";
import { projects } from "./en/projects.ts";
import { runs } from "./en/runs.ts";
import { search } from "./en/search.ts";
import { secrets } from "./en/secrets.ts";
import { settings } from "./en/settings.ts";
import { tables } from "./en/tables.ts";
import { templates } from "./en/templates.ts";
import { triggers } from "./en/triggers.ts";
import { ui } from "./en/ui.ts";

/** The English words, and by their shape the keys that every other catalogue must hold. */
export const en = {
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
} as const;
