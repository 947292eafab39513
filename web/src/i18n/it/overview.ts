import type { Messages } from "../language.ts";
import { plurals } from "../plural.ts";

const many = plurals("it");

export const overview: Messages["overview"] = {
  title: "Panoramica",
  span: "Periodo osservato",
  spans: { "1h": "1 ora", "24h": "24 ore", "7d": "7 giorni" },
  attention: "Richiede attenzione",
  calm: "Niente richiede attenzione.",
  failedTimes: (n) => many(n, { one: "fallita una volta,", other: "fallita # volte, l'ultima" }),
  waits: "è in attesa da",
  triggerStopped: "il trigger si è fermato",
  open: "Apri",
  openRun: (name) => `Apri l'esecuzione ${name}`,
  openTrigger: (name) => `Apri il trigger ${name}`,
  rerun: "Esegui di nuovo…",
  rerunOf: (name) => `Esegui di nuovo… ${name}`,
  runs: "Esecuzioni",
  histogram: "Esecuzioni per momento di creazione e stato",
  noRunsInSpan: "Nessuna esecuzione in questo periodo.",
  runsInSpan: (n) => many(n, { one: "# esecuzione", other: "# esecuzioni" }),
  atLeast: (n) => `più di ${n}`,
  showRuns: "Mostra queste esecuzioni",
  stateCount: (state, n) => many(n, { one: `${state}: # esecuzione`, other: `${state}: # esecuzioni` }),
  timeline: "Linea del tempo",
  timelineHelp: "Ogni riga è una funzione o un workflow, ogni barra un'esecuzione.",
  moreRuns: "Le esecuzioni più vecchie di questo periodo sono omesse.",
  compare: "Confronta",
  compareNewest: (name) => `Confronta le due esecuzioni più recenti di ${name}`,
  lane: (name, n, states) =>
    many(n, { one: `${name}: # esecuzione, ${states}`, other: `${name}: # esecuzioni, ${states}` }),
  stateShare: (state, n) => many(n, { one: `# ${state}`, other: `# ${state}` }),
  holds: "In questo progetto",
  changed: "Modificati per ultimi",
  next: "Prossimi avvii",
  noNext: "Niente è programmato.",
  usage: "In uso su questa macchina",
  slots: (used, most) =>
    many(most, { one: `${used} su # esecuzione insieme`, other: `${used} su # esecuzioni insieme` }),
  executing: (n) => many(n, { one: "# esecuzione in corso", other: "# esecuzioni in corso" }),
  begin: "Comincia da qui",
  beginHelp: "Quattro passi da zero a una funzione programmata.",
  steps: {
    create: {
      title: "Crea una funzione",
      help: "Un modello pronto porta codice che funziona così com'è.",
      action: "Scegli un modello pronto",
    },
    run: {
      title: "Eseguila",
      help: "Un'esecuzione avvia la funzione e ne conserva log e risultati.",
      action: "Esegui",
    },
    look: {
      title: "Guarda il risultato",
      help: "Stato, log, risultati e dove è andato il tempo.",
      action: "Apri l'esecuzione",
    },
    schedule: {
      title: "Programmala",
      help: "Un trigger esegue la funzione a orari stabiliti.",
      action: "Crea un trigger",
    },
  },
  done: "fatto",
  notYet: "Prima viene il passo precedente.",
  runsLater: "L'esecuzione non è ancora finita.",
};
