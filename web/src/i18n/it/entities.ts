import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const entities: Messages["entities"] = {
  author: "Autore",
  id: "Id",
  path: "Percorso",
  label: "Etichetta",
  labelTitle: (n) => many(n, { one: "Etichetta # riga", other: "Etichetta # righe" }),
  labelled: (n) => many(n, { one: "# etichettata.", other: "# etichettate." }),
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
