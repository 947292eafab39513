import { functionRules, functionsRunRule } from "../features/functions/live.ts";
import { materialRules } from "../features/materials/live.ts";
import { runRules } from "../features/runs/live.ts";
import { secretRules } from "../features/secrets/live.ts";
import { overviewRule } from "../features/overview/live.ts";
import { createFeed } from "../live/feed.ts";
import { setTell } from "../live/tell.ts";
import { queryClient } from "./query-client.ts";

/** The feed, with the rule of every feature, listed by hand. */
export const feed = createFeed(queryClient, {
  function: functionRules,
  run: [functionsRunRule, ...runRules],
  secret: secretRules,
  "*": [overviewRule],
  dataitem: materialRules("dataitem"),
  model: materialRules("model"),
  artifact: materialRules("artifact"),
});
setTell(feed.tell);
