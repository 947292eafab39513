import type { Messages } from "../language.ts";

export const templates: Messages["templates"] = {
  title: "Modelli pronti",
  noun: { one: "modello pronto", other: "modelli pronti" },
  help: "Codice che funziona così com'è. Tutto arriva con il server.",
  search: "Filtra per nome o descrizione",
  kind: "Tipo",
  label: "Etichetta",
  begin: "Usa",
  beginWith: (name) => `Usa ${name}`,
  details: "Dettagli",
  detailsOf: (name) => `Dettagli di ${name}`,
  readme: "Che cosa fa",
  code: "Codice",
  codeOf: (name) => `Codice di ${name}`,
  firstRun: "Prima esecuzione",
  action: "Azione",
  requirements: "Requisiti",
  schedule: "Orario",
  emptyTitle: "Nessun modello pronto",
  emptyHelp: "Questo server non porta modelli pronti: crea una funzione da zero.",
};
