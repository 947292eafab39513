import type { Known } from "./hints.ts";

/**
 * What the console knows of names that all runtimes share (console.md 1.6.2): only where a field stands and
 * what edits it. Whatever else a kind has comes from its schema.
 */
export const known: Known = {
  members: {
    source: {
      own: { order: 10 },
      members: {
        source: { own: { widget: "file", order: 2 } },
        base64: { own: { widget: "code", lang: "/lang", order: 9 } },
        code: { own: { widget: "code", lang: "/lang", order: 9 } },
        handler: { own: { order: 1, entry: true } },
        lang: { own: { order: 3 } },
        init_function: { own: { order: 4 } },
      },
    },
    inputs: { own: { order: 60 } },
    outputs: { own: { order: 61 } },
    parameters: { own: { order: 62 } },
    init_parameters: { own: { order: 63 } },
    values: { own: { order: 64 } },
    labels: { own: { widget: "tags" } },
    profile: { own: { group: "resources", widget: "profile", order: 1 } },
    resources: {
      own: { group: "resources", order: 2 },
      members: {
        cpu: { own: { widget: "quantity", unit: "cpu", order: 1 } },
        mem: { own: { widget: "quantity", unit: "bytes", order: 2 } },
        gpu: { own: { widget: "quantity", unit: "count", order: 3 } },
        disk: { own: { widget: "quantity", unit: "bytes", order: 4 } },
      },
    },
    envs: { own: { group: "environment", widget: "key-value" } },
    env: { own: { group: "environment", widget: "key-value", superseded: true } },
    secrets: { own: { group: "secrets", widget: "secret" } },
    volumes: { own: { group: "volumes", widget: "list" } },
    schedule: { own: { group: "schedule", widget: "cron", order: 1 } },
    timezone: { own: { group: "schedule", order: 2 } },
    concurrency_policy: { own: { group: "schedule", order: 3 } },
    misfire_policy: { own: { group: "schedule", order: 4 } },
    timeout: { own: { group: "execution", order: 1, unit: "s" } },
    backoff_limit: { own: { group: "execution", order: 2 } },
    replicas: { own: { group: "execution", order: 3 } },
    image_pull_policy: { own: { group: "execution", order: 4 } },
    engine: { own: { group: "execution", order: 5 } },
    local_execution: { own: { group: "execution", order: 6 } },
    node_selector: { own: { group: "scheduling", advanced: true, widget: "key-value", order: 1 } },
    tolerations: { own: { group: "scheduling", advanced: true, order: 2 } },
    affinity: { own: { group: "scheduling", advanced: true, order: 3 } },
    priority_class: { own: { group: "scheduling", advanced: true, order: 4 } },
    runtime_class: { own: { group: "scheduling", advanced: true, order: 5 } },
    fs_group: { own: { group: "scheduling", advanced: true, order: 6 } },
    run_as_user: { own: { group: "scheduling", advanced: true, order: 7 } },
    run_as_group: { own: { group: "scheduling", advanced: true, order: 8 } },
  },
};

/** The groups that have a place of their own, in their order; the server's others come before them. */
export const knownGroups = ["resources", "environment", "secrets", "volumes", "schedule", "execution", "scheduling"];
