import {
  Archive,
  Box,
  CalendarClock,
  KeyRound,
  LayoutDashboard,
  LayoutTemplate,
  Play,
  Settings,
  SquareFunction,
  Table2,
  Waypoints,
} from "lucide-react";
import type { Messages } from "../../i18n/language.ts";
import type { FileRoutesByTo } from "../routeTree.gen.ts";

type Pages = Extract<keyof FileRoutesByTo, "/p/$project" | `/p/$project/${string}`>;

/** An entry of the rail; a part of the product that this server lacks has none. */
export interface NavigationEntry {
  to: Exclude<Pages, `/p/$project/${string}$${string}`> | "/p/$project/$material" | "/p/$project/settings/{-$tab}";
  /** Which of the data items, models and artifacts, whose pages are one. */
  material?: "dataitems" | "models" | "artifacts";
  label: (m: Messages) => string;
  icon: typeof SquareFunction;
  /** The key after g, where it has one. */
  key?: string;
}

export interface NavigationGroup {
  /** Undefined for what stands above the groups. */
  label: ((m: Messages) => string) | undefined;
  entries: readonly NavigationEntry[];
}

const materials = "/p/$project/$material";

/** The menu of a project, in groups (console.md 6.2). */
export const navigation: readonly NavigationGroup[] = [
  {
    label: undefined,
    entries: [{ to: "/p/$project", label: (m) => m.app.rail.overview, icon: LayoutDashboard, key: "o" }],
  },
  {
    label: (m) => m.app.rail.build,
    entries: [
      { to: "/p/$project/functions", label: (m) => m.app.rail.functions, icon: SquareFunction, key: "f" },
      { to: "/p/$project/templates", label: (m) => m.app.rail.templates, icon: LayoutTemplate },
    ],
  },
  {
    label: (m) => m.app.rail.operate,
    entries: [
      { to: "/p/$project/runs", label: (m) => m.app.rail.runs, icon: Play, key: "r" },
      { to: "/p/$project/triggers", label: (m) => m.app.rail.triggers, icon: CalendarClock, key: "t" },
    ],
  },
  {
    label: (m) => m.app.rail.data,
    entries: [
      { to: materials, material: "dataitems", label: (m) => m.app.rail.dataitems, icon: Table2, key: "d" },
      { to: materials, material: "models", label: (m) => m.app.rail.models, icon: Box, key: "m" },
      { to: materials, material: "artifacts", label: (m) => m.app.rail.artifacts, icon: Archive, key: "a" },
    ],
  },
  {
    label: (m) => m.app.rail.project,
    entries: [
      { to: "/p/$project/lineage", label: (m) => m.app.rail.lineage, icon: Waypoints, key: "l" },
      { to: "/p/$project/secrets", label: (m) => m.app.rail.secrets, icon: KeyRound },
      { to: "/p/$project/settings/{-$tab}", label: (m) => m.app.rail.settings, icon: Settings },
    ],
  },
];
