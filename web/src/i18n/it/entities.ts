import type { Messages } from "../language.ts";

export const entities: Messages["entities"] = {
  one: {
    project: "Progetto",
    function: "Funzione",
    workflow: "Workflow",
    task: "Task",
    run: "Esecuzione",
    dataitem: "Dato",
    model: "Modello",
    artifact: "Artefatto",
    trigger: "Trigger",
    secret: "Segreto",
  },
  many: {
    project: "Progetti",
    function: "Funzioni",
    workflow: "Workflow",
    task: "Task",
    run: "Esecuzioni",
    dataitem: "Dati",
    model: "Modelli",
    artifact: "Artefatti",
    trigger: "Trigger",
    secret: "Segreti",
  },
};
