import type { Messages } from "../language.ts";

export const graph: Messages["graph"] = {
  zoom: "Zoom",
  smaller: "Più piccolo",
  larger: "Più grande",
  fit: "Tutto in vista",
};
