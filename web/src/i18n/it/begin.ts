import type { Messages } from "../language.ts";

export const begin: Messages["begin"] = {
  ways: "Modi per cominciare",
  byCommand: "Dalla riga di comando:",
  command: "comando",
  docs: "Descrizione dell'API",
  useTemplate: "Usa modello",
  materials: {
    upload: { title: "Caricare un file", help: "Tipo e nome sono proposti dal contenuto.", action: "Scegli file" },
    address: {
      title: "Indicare ciò che sta altrove",
      help: "L'indirizzo di file che restano dove sono.",
      action: "Dai un indirizzo",
    },
    run: {
      title: "Farlo fare a un'esecuzione",
      help: "Ciò che una funzione restituisce o registra è conservato con la sua provenienza.",
      action: "Vedi modelli",
    },
  },
  triggers: {
    scheduler: { title: "A orari", help: "Ogni notte, ogni lunedì o in altri momenti.", action: "Scegli gli orari" },
    lifecycle: {
      title: "Quando i dati cambiano",
      help: "Appena un dato, un modello o un'esecuzione entra in uno stato.",
      action: "Scegli che cosa",
    },
  },
  secrets: {
    run: {
      title: "Darlo a un'esecuzione",
      help: "Un'esecuzione che nomina il segreto lo trova come variabile d'ambiente.",
      action: "Vedi funzioni",
    },
  },
};
