import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const search = {
  title: "Ricerca",
  noun: { one: "risultato", other: "risultati" },
  everywhere: "in tutti i progetti",
  inProject: (project) => `in ${project}`,
  words: "Parole in nomi, descrizioni, etichette e identificativi",
  type: "Genere",
  kind: "Tipo",
  state: "Stato",
  label: "Etichetta",
  labels: "Etichette",
  versions: "Versioni",
  allVersions: "Ogni versione",
  name: "Nome",
  project: "Progetto",
  foundIn: "Trovato in",
  updated: "Aggiornato",
  within: {
    "24h": "da meno di un giorno",
    "7d": "da meno di 7 giorni",
    "30d": "da meno di 30 giorni",
    "365d": "da meno di un anno",
  },
  by: "Da",
  results: "Risultati",
  byType: "Risultati per genere",
  recent: "Senza parole, viene prima ciò che è cambiato per ultimo.",
  counted: (word, count) => (count === 0 ? word : `${word} ${count}`),
  atLeast: (count) => many(count, { one: "più di # risultato", other: "più di # risultati" }),
  more: "Mostra altri",
  types: {
    function: "Funzioni",
    run: "Esecuzioni",
    dataitem: "Dati",
    model: "Modelli",
    artifact: "Artefatti",
    trigger: "Trigger",
    secret: "Segreti",
    workflow: "Flussi",
    project: "Progetti",
  },
  places: { "metadata.description": "descrizione", id: "identificativo" },
  emptyTitle: "Ancora nulla da trovare",
  emptyHelp:
    "Tutto ciò che si crea qui si trova per nome, descrizione, etichette o identificativo; anche le esecuzioni.",
} satisfies Messages["search"];
