import { plurals } from "../plural.ts";

const many = plurals("it");

export const composer = {
  title: (name: string) => `Esegui ${name}`,
  lastRun: "ultima esecuzione",
  create: "Crea",
  createOpen: "Crea e apri",
  createAnyway: "Avvia comunque",
  created: (name: string) => `L'esecuzione ${name} è stata creata.`,
  steps: {
    label: "Passi",
    configuration: "Configurazione",
    data: "Input, output e parametri",
    review: "Riepilogo",
    whole: "Specifica",
    next: "Avanti",
    back: "Indietro",
    numbered: (n: number, step: string) => `${n}. ${step}`,
  },
  start: {
    replaced: "Quello che avevi scritto è stato sostituito.",
    title: "Parti da",
    run: (name: string) => `Esegui ${name}`,
    defaults: "Valori predefiniti",
    pick: "Scegli un'esecuzione",
    pickOne: "Scegli un'esecuzione…",
    noRuns: "Questa funzione non ha ancora esecuzioni.",
    preset: (name: string) => `Salvato: ${name}`,
    save: "Salva come preimpostazione",
    saveHelp: "Conserva quanto è scritto ora, per te e per le esecuzioni di questa funzione.",
    saveSubmit: "Salva",
    name: "Nome",
    nameMissing: "Dai prima un nome alla preimpostazione.",
  },
  input: {
    guessed: (argument: string) =>
      `L’ingresso sta in «${argument}», come si chiama. Se la funzione chiama diversamente quell’argomento, rinominalo.`,
    replaced: (argument: string) =>
      `L’ingresso ha preso il posto di ciò che l’esecuzione precedente aveva in «${argument}».`,
  },
  versionGone: (name: string) =>
    `La versione di ${name} eseguita allora non c’è più: al suo posto è scelta la più recente.`,
  sweep: {
    label: "Varia un parametro",
    help: "Ogni valore diventa un'esecuzione, tutte sotto la stessa etichetta.",
    parameter: "Parametro variato",
    values: "Valori, separati da virgole",
    runs: (n: number) => many(n, { one: "# esecuzione", other: "# esecuzioni" }),
    few: "Servono almeno due valori.",
    many: (most: number) => `I valori sono al più ${most}.`,
    create: (n: number) => many(n, { one: "Crea # esecuzione", other: "Crea # esecuzioni" }),
    made: (n: number) => many(n, { one: "# esecuzione creata.", other: "# esecuzioni create." }),
  },
  review: {
    same: (of: string) => `Nessuna differenza da: ${of}.`,
    changes: (n: number, of: string) => many(n, { one: `# differenza da: ${of}`, other: `# differenze da: ${of}` }),
    change: (before: string, after: string) => `${before} → ${after}`,
    nothing: "niente",
    forms: "Lo stesso come",
    json: "JSON",
    yaml: "YAML",
    sdk: "Python",
    curl: "curl",
  },
} as const;
