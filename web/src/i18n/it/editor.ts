import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const editor: Messages["editor"] = {
  kind: "Tipo",
  kindRequired: "Scegliere un tipo.",
  kindFirst: "I campi appaiono quando è scelto un tipo.",
  kindFixed: "Il tipo resta: le versioni lo condividono. Per un altro tipo, creare un'altra entità.",
  template: (name) => `Modello: ${name}`,
  basics: "Dati principali",
  name: "Nome",
  nameHelp: "Sono ammesse lettere, cifre e . _ + -. Le versioni di uno stesso nome stanno insieme.",
  nameRequired: "Dare un nome.",
  nameRule: "Usare solo lettere, cifre e . _ + -; . e .. da soli non sono nomi.",
  nameFixed: "Il nome resta: tiene insieme le versioni. Per un altro nome, duplicare.",
  words: "Descrizione ed etichette",
  spec: "Specifica",
  advanced: "Metadati avanzati",
  auditLater: "Audit: chi lo ha creato e modificato, e quando, lo scrive il server.",
  groups: {
    embedded: "Incorporato",
    versioning: "Versione",
    openmetadata: "Openmetadata",
    openmetadataPublish: "Pubblica in un catalogo di metadati",
    relationships: "Relazioni",
    audit: "Provenienza",
  },
  saving: "Salvataggio",
  create: "Crea",
  save: "Salva",
  saveVersion: "Salva come nuova versione",
  updateMetadata: "Aggiorna i metadati",
  saveKey: "Ctrl S o ⌘ S",
  cancel: "Annulla",
  check: "Verifica",
  accepted: "Il server lo accetterebbe.",
  willNeedKind: "Servono un tipo e un nome.",
  willNeedName: "Serve un nome.",
  willCreate: (name) => `Crea ${name}.`,
  willVersion: (name) => `Aggiunge una versione a ${name}.`,
  unchanged: "Nulla è cambiato.",
  specChanged: "La specifica è cambiata: si aggiunge una nuova versione, questa resta com'è.",
  changedInPlace: "La specifica è cambiata sul posto.",
  metadataChanged: "Sono cambiati solo i metadati: la versione resta.",
  changed: "Cambiato:",
  moreChanged: (n) => many(n, { one: "e un altro", other: "e altri #" }),
  discardTitle: "Scartare la specifica?",
  discardHelp: (kind) => `Quanto scritto per ${kind} non si adatta a un'altra scelta e va perso.`,
  discard: "Scarta e cambia",
  keep: "Continua a modificare",
  conflict: {
    title: "Qualcun altro ha salvato nel frattempo",
    help: (version, n) =>
      `Ora c'è ${version}. ${
        n === 0
          ? "Le modifiche sono in punti diversi: si tengono entrambe."
          : many(n, {
              one: "Un punto è stato cambiato da entrambi.",
              other: "# punti sono stati cambiati da entrambi.",
            }) + " Scegliere quale tenere."
      } Nulla è ancora salvato.`,
    differences: "Differenze",
    place: "Punto",
    was: (version) => `All'inizio (${version})`,
    mine: "La tua",
    theirs: (version) => `La loro (${version})`,
    nothing: "non impostato",
    keepMine: "Tieni la tua",
    keepTheirs: "Tieni la loro",
    takeTheirs: "Scarta la tua",
    go: "Continua così",
    inTheForm: "Entrambe le parti sono nel modulo. Nulla è ancora salvato.",
    tookTheirs: "Il modulo contiene ciò che hanno salvato.",
    saved: (version, by, at) => `${version} di ${by}, ${at}`,
    version: (by, at) => `versione di ${by}, ${at}`,
  },
};
