import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const imports: Messages["imports"] = {
  action: "Importa",
  title: "Importa",
  help: "YAML come lo scrive Esporta: uno o più documenti, ogni funzione seguita dai suoi task.",
  file: "Scegli un file…",
  text: "Documenti, YAML",
  reset: "Nuovi identificativi",
  resetHelp: "Ne crea di nuovi. Altrimenti restano gli id dei documenti, che non devono già esistere.",
  holds: "Che cosa sarà creato",
  nothing: "Ancora niente: scegli un file o incolla dei documenti.",
  done: "È stato creato tutto.",
  item: (entity, name, line) => `${entity} ${name}, riga ${line}`,
  newVersion: (name) => `una nuova versione di ${name}, che esiste già`,
  another: "ne esiste già uno con questo nome, questo si aggiunge",
  noFiles:
    "I file dei dati non sono nello YAML: ogni elemento conserva il percorso che indica. Se è nella cartella di un altro progetto, qui nessun file si può leggere.",
  enable: "Attiva i trigger",
  switchedOn: "Da ora avviano esecuzioni qui.",
  switchedOff: "Arrivano disattivati. Attiva ciascuno nell'elenco dei trigger quando ciò che avvia è a posto.",
  left: (what) => `Tralasciati: ${what}.`,
  flaws: "Il testo non può essere importato",
  flaw: (line, reason) => `Riga ${line}: ${reason}`,
  noKind: "un documento deve avere un kind.",
  noName: (kind) => `un documento di tipo ${kind} deve avere un nome.`,
  unknownKind: (kind) => `questo server non conosce il tipo ${kind}.`,
  loneTask: (kind) => `il task ${kind} non segue nessuna funzione.`,
  notObject: "servono nomi con valori.",
  empty: "non contiene alcun documento.",
  submit: (n) => many(n, { one: "Importa # elemento", other: "Importa # elementi" }),
  mend: "Prima correggi il testo.",
  result: "Esito",
  made: (name) => `${name} è stato creato.`,
  refused: (name, line, reason) => `${name}, riga ${line}: ${reason}`,
  summary: (made, all) => `${made} di ${all} importati.`,
  exportAll: "Esporta tutto come YAML",
  exported: (n) => many(n, { one: "# documento è stato salvato.", other: "# documenti sono stati salvati." }),
  exportHelp: "Di ogni nome c'è solo l'ultima versione. File, segreti ed esecuzioni non ci sono.",
};
