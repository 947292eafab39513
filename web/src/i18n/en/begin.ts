/** What empty lists teach. */
export const begin = {
  ways: "Ways to begin",
  byCommand: "By the command line:",
  command: "command",
  docs: "Description of the API",
  useTemplate: "Use template",
  materials: {
    upload: {
      title: "Upload a file",
      help: "Its kind and name are proposed from what is in it.",
      action: "Choose files",
    },
    address: {
      title: "Name what lies elsewhere",
      help: "Give the address of files that stay where they are.",
      action: "Give an address",
    },
    run: {
      title: "Let a run make it",
      help: "What a function returns or logs is stored with its lineage.",
      action: "See templates",
    },
  },
  triggers: {
    scheduler: {
      title: "On a schedule",
      help: "Every night, every Monday, or any other times.",
      action: "Choose times",
    },
    lifecycle: {
      title: "When data changes",
      help: "As soon as a data item, a model or a run enters a state.",
      action: "Choose what",
    },
  },
  secrets: {
    run: {
      title: "Give it to a run",
      help: "A run that names the secret finds it as an environment variable.",
      action: "See functions",
    },
  },
} as const;
