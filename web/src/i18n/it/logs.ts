import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const logs = {
  title: "Log",
  containers: "Container",
  text: (container) => `Log di ${container}`,
  lines: (n) => many(n, { one: "# riga", other: "# righe" }),
  search: "Cerca nel log",
  searchHelp:
    "Un’espressione regolare; le maiuscole contano solo se digitate. Invio o n: successiva, Maiusc+Invio o N: precedente.",
  literal: "Non è un’espressione regolare: cercata così com’è.",
  matches: (at, of) => (at === 0 ? many(of, { one: "# corrispondenza", other: "# corrispondenze" }) : `${at} di ${of}`),
  noMatch: "Nessuna corrispondenza",
  searching: "Ricerca…",
  givenUp: {
    slow: "Questa espressione richiede troppo tempo ed è stata interrotta; provane una più semplice.",
    failed: "Ora non si possono cercare espressioni; parole semplici sì.",
  },
  next: "Corrispondenza successiva",
  previous: "Corrispondenza precedente",
  errorsOnly: "Solo errori",
  clear: "Cancella la ricerca",
  noErrors: "Nessuna riga sembra un errore.",
  firstError: "Primo errore",
  wrap: "A capo",
  times: "Timestamp",
  timesOff: "Disattivati",
  timesRelative: "Relativi all’inizio dell’esecuzione",
  timesAbsolute: "Assoluti",
  noTimes: "Quando sono state scritte le righe non è stato conservato.",
  follow: "Segui",
  paused: "In pausa; f per seguire di nuovo",
  newLines: (n) => many(n, { one: "# riga nuova", other: "# righe nuove" }),
  download: "Scarica",
  line: (n) => `Riga ${n}`,
  rewritten: (n) =>
    many(n, {
      one: "Riscritta # volta; si vede solo l’ultimo stato.",
      other: "Riscritta # volte; si vede solo l’ultimo stato.",
    }),
  attempt: (n) => `Tentativo ${n}`,
  lost: (size) => `Qui mancano ${size} del log.`,
  dropped: (n) =>
    many(n, {
      one: "La prima # riga è solo nel file da scaricare.",
      other: "Le prime # righe sono solo nel file da scaricare.",
    }),
  empty: "Non è stato stampato nulla.",
  waiting: "Ancora nulla di stampato.",
  states: {
    connecting: "Connessione…",
    live: "In diretta",
    ended: "Completo",
    reconnecting: "Interrotto; nuovo tentativo",
    refused: (status) => `Il log non si può leggere (${status}).`,
  },
} satisfies Messages["logs"];
