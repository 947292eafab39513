import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const lineage: Messages["lineage"] = {
  title: "Provenienza",
  titleOf: (name) => `Provenienza di ${name}`,
  what: "la provenienza",
  noun: { one: "nodo", other: "nodi" },
  relationNoun: { one: "relazione", other: "relazioni" },
  count: (nodes, relations) => `${nodes}, ${relations}`,
  whole: "Tutto il progetto",
  view: "Vista",
  views: { graph: "Grafo", list: "Elenco" },
  graph: "Grafo della provenienza",
  list: "Relazioni",
  type: "Tipo",
  depth: "Profondità",
  steps: (n) => many(n, { one: "# passo", other: "# passi" }),
  usualSteps: (n) => many(n, { one: "# passo, come al solito", other: "# passi, come al solito" }),
  direction: "Direzione",
  directions: { up: "Da dove viene", down: "Che cosa ne è venuto" },
  fold: "Versioni insieme",
  truncated: "C'è più di quanto una risposta contenga: scegli una profondità minore o una sola direzione.",
  truncatedWhole:
    "C'è più di quanto stia in un disegno: sono mostrati i più nuovi. Guarda la provenienza di una cosa per vederne tutto intorno.",
  lookAt: (name) => `Provenienza di ${name}`,
  missing: "non c'è più",
  more: "altre relazioni",
  runs: (n) => many(n, { one: "# esecuzione", other: "# esecuzioni" }),
  versions: (n) => many(n, { one: "# versione", other: "# versioni" }),
  what1: "Che cosa",
  relation: "Relazione",
  what2: "Di che cosa",
  relations: {
    produced_by: "è stato prodotto da",
    consumes: "ha letto",
    run_of: "è un'esecuzione di",
    step_of: "è un passo di",
  },
  emptyTitle: "Ancora nessuna relazione",
  emptyHelp: "Le esecuzioni che leggono e scrivono dati, modelli e artefatti creano relazioni da sole.",
};
