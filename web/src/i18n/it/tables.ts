import type { Messages } from "../language.ts";

export const tables: Messages["tables"] = {
  title: "Disponi e ordina",
  order: "Ordine",
  orderHelp:
    "Le righe uguali per la prima chiave seguono la successiva. Maiusc e un clic sull'intestazione aggiungono la colonna.",
  ascending: "Crescente",
  descending: "Decrescente",
  turn: (column, descending) =>
    `${column}: ${descending ? "decrescente, passa a crescente" : "crescente, passa a decrescente"}`,
  remove: "Rimuovi",
  withoutSort: (column) => `Rimuovi ${column} dall'ordine`,
  lastSort: "Un elenco ha un ordine.",
  thenBy: "Poi per",
  mostSorts: (most) => `Al massimo ${most} colonne ordinano un elenco.`,
  columnsHelp:
    "Nell'ordine della tabella. Trascina una voce o usa le sue frecce; trascina il bordo di un'intestazione per cambiarne la larghezza.",
  earlier: (column) => `Sposta ${column} prima di quella sopra`,
  later: (column) => `Sposta ${column} dopo quella sotto`,
  isFirst: "È la prima.",
  isLast: "È l'ultima.",
  reset: "Ripristina le colonne",
  isUsual: "Le colonne sono quelle iniziali.",
  density: "Altezza delle righe",
  densityHelp: "Per tutti gli elenchi, in questo browser.",
};
