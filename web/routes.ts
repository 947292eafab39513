// The sitemap: each URL and the file that draws it. Paths are those of console.md 6.2.
import { index, rootRoute } from "@tanstack/virtual-file-routes";

export const routes = rootRoute("app/root.route.tsx", [index("features/projects/list.route.tsx")]);
