import { KeyRound, LayoutDashboard, Play, SquareFunction } from "lucide-react";
import type { Messages } from "../../i18n/language.ts";
import type { FileRoutesByTo } from "../routeTree.gen.ts";

type Pages = Extract<keyof FileRoutesByTo, "/p/$project" | `/p/$project/${string}`>;

/** An entry of the rail; a part of the product that this server lacks has none. */
export interface NavigationEntry {
  to: Exclude<Pages, `/p/$project/${string}$${string}`>;
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

/** The menu of a project, in groups (console.md 6.2). */
export const navigation: readonly NavigationGroup[] = [
  {
    label: undefined,
    entries: [{ to: "/p/$project", label: (m) => m.app.rail.overview, icon: LayoutDashboard, key: "o" }],
  },
  {
    label: (m) => m.app.rail.build,
    entries: [{ to: "/p/$project/functions", label: (m) => m.app.rail.functions, icon: SquareFunction, key: "f" }],
  },
  {
    label: (m) => m.app.rail.operate,
    entries: [{ to: "/p/$project/runs", label: (m) => m.app.rail.runs, icon: Play, key: "r" }],
  },
  {
    label: (m) => m.app.rail.project,
    entries: [{ to: "/p/$project/secrets", label: (m) => m.app.rail.secrets, icon: KeyRound }],
  },
];
