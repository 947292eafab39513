/** What the things of a project are called, by the word that the API has for them. */
export const entities = {
  one: {
    project: "Project",
    function: "Function",
    workflow: "Workflow",
    task: "Task",
    run: "Run",
    dataitem: "Data item",
    model: "Model",
    artifact: "Artifact",
    trigger: "Trigger",
    secret: "Secret",
  },
  many: {
    project: "Projects",
    function: "Functions",
    workflow: "Workflows",
    task: "Tasks",
    run: "Runs",
    dataitem: "Data items",
    model: "Models",
    artifact: "Artifacts",
    trigger: "Triggers",
    secret: "Secrets",
  },
} as const;
