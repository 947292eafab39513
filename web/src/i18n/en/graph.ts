export const graph = {
  zoom: "Zoom",
  smaller: "Smaller",
  larger: "Larger",
  fit: "All in sight",
} as const;
