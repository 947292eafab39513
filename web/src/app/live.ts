import { functionRules, functionsRunRule, taskRules } from "../features/functions/live.ts";
import { materialRules } from "../features/materials/live.ts";
import { runRules } from "../features/runs/live.ts";
import { searchRule } from "../features/search/live.ts";
import { secretRules } from "../features/secrets/live.ts";
import { lineageRule } from "../features/lineage/live.ts";
import { projectNamesRule, projectSettingsRule, projectsRule } from "../features/projects/live.ts";
import { labelsRule } from "../features/settings/live.ts";
import { overviewRule } from "../features/overview/live.ts";
import { triggerRules, triggersMatchRule, triggersRunRule } from "../features/triggers/live.ts";
import { createFeed } from "../live/feed.ts";
import { setTell } from "../live/tell.ts";
import { queryClient } from "./query-client.ts";

/** The feed, with the rule of every feature, listed by hand. */
export const feed = createFeed(queryClient, {
  project: [projectSettingsRule],
  function: [...functionRules, triggersMatchRule],
  task: taskRules,
  run: [functionsRunRule, ...runRules, triggersRunRule, triggersMatchRule],
  secret: secretRules,
  "*": [projectsRule, projectNamesRule, lineageRule, overviewRule, searchRule, labelsRule],
  dataitem: [...materialRules("dataitem"), triggersMatchRule],
  model: [...materialRules("model"), triggersMatchRule],
  artifact: [...materialRules("artifact"), triggersMatchRule],
  trigger: triggerRules,
});
setTell(feed.tell);
