import type { Messages } from "../language.ts";

export const account = {
  title: "Account",
  tabs: { profile: "Profilo", appearance: "Aspetto" },
  user: "Utente",
  permissions: "Permessi",
  everywhere: "In ogni progetto",
  roles: { admin: "amministratore", member: "membro" },
  projects: "Progetti",
  noProjects: "Ancora nessuno.",
  moreProjects: "Ci sono più progetti di quelli elencati qui.",
  anonymous: "In questo server non si accede con un nome: chiunque lo raggiunga è questo utente.",
  thisBrowser: "Queste scelte valgono per questo browser e hanno effetto subito.",
  themeHelp: "Sistema segue le impostazioni del dispositivo.",
  zoneHelp: (now) => `Ora è ${now}`,
  keysHelp: "Tasti come j, k, x e g f. Quelli con Ctrl o ⌘ funzionano comunque.",
} satisfies Messages["account"];
