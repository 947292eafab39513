import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const projects = {
  title: "Progetti",
  noun: { one: "progetto", other: "progetti" },
  name: "Nome",
  description: "Descrizione",
  labels: "Etichette",
  created: "Creato",
  updated: "Ultima attività",
  by: "Proprietario",
  role: "Ruolo",
  roles: { admin: "Amministratore", member: "Membro" },
  running: "In corso",
  runningIn: (name: string, n: number) =>
    many(n, { one: `# esecuzione in corso in ${name}`, other: `# esecuzioni in corso in ${name}` }),
  failed: "Fallite in 24 h",
  failedIn: (name: string, n: number) =>
    many(n, { one: `# esecuzione fallita in 24 ore in ${name}`, other: `# esecuzioni fallite in 24 ore in ${name}` }),
  labelFilter: "Etichetta",
  create: "Nuovo progetto",
  createTitle: "Nuovo progetto",
  createSubmit: "Crea il progetto",
  nameHelp: "Da 2 a 38 caratteri: lettere minuscole, cifre e trattini. Il nome non cambia più.",
  nameRule: "Il nome di un progetto ha da 2 a 38 caratteri: lettere minuscole, cifre e trattini.",
  nameRequired: "Un progetto ha bisogno di un nome.",
  nameTaken: (name) => `Esiste già un progetto ${name}.`,
  nameFree: (name) => `${name} è libero.`,
  checking: "Controllo del nome…",
  open: (name) => `Apri ${name}`,
  delete: "Elimina",
  deleteName: (name) => `Elimina il progetto ${name}`,
  deleteTitle: (name) => `Elimina il progetto ${name}`,
  deleteSubmit: "Elimina il progetto",
  deleted: (name) => `Il progetto ${name} è stato eliminato.`,
  emptyTitle: "Ancora nessun progetto",
  emptyHelp: "Un progetto contiene funzioni, le loro esecuzioni e i dati che leggono e scrivono.",
  search: "Filtra per nome",
  goes: {
    functions: (n) => many(n, { one: "# funzione con tutte le versioni", other: "# funzioni con tutte le versioni" }),
    runs: (n) => many(n, { one: "# esecuzione con i suoi log", other: "# esecuzioni con i loro log" }),
    live: (n: number) =>
      many(n, {
        one: "# è ancora in corso: il suo processo viene terminato",
        other: "# sono ancora in corso: i loro processi vengono terminati",
      }),
    dataitems: (n) => many(n, { one: "# dato", other: "# dati" }),
    artifacts: (n) => many(n, { one: "# artefatto", other: "# artefatti" }),
    models: (n) => many(n, { one: "# modello", other: "# modelli" }),
    secrets: (n) => many(n, { one: "# segreto", other: "# segreti" }),
    triggers: (n) => many(n, { one: "# trigger", other: "# trigger" }),
    nothing: "Nulla: il progetto è vuoto.",
  },
} satisfies Messages["projects"];
