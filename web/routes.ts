// The sitemap: each URL and the file that draws it. Paths are those of console.md 6.2.
import { index, rootRoute, route } from "@tanstack/virtual-file-routes";

export const routes = rootRoute("app/root.route.tsx", [
  index("features/projects/list.route.tsx"),
  route("/p/$project", "app/project.route.tsx", [
    index("features/overview/overview.route.tsx"),
    route("/templates", "features/templates/list.route.tsx"),
    route("/lineage", "features/lineage/lineage.route.tsx"),
    route("/functions", "features/functions/list.route.tsx"),
    route("/functions/$name", "features/functions/detail.route.tsx"),
    route("/functions/$name/run", "features/composer/composer.route.tsx"),
    route("/runs", "features/runs/list.route.tsx"),
    route("/runs/$id/{-$tab}", "features/runs/detail.route.tsx"),
    route("/compare/runs", "features/runs/compare.route.tsx"),
    route("/compare/models", "features/materials/models.route.tsx"),
    route("/triggers", "features/triggers/list.route.tsx"),
    route("/triggers/$id", "features/triggers/detail.route.tsx"),
    route("/triggers/$id/edit", "features/triggers/edit.route.tsx"),
    route("/new/trigger", "features/triggers/create.route.tsx"),
    route("/search", "features/search/project.route.tsx"),
    route("/settings/{-$tab}", "features/settings/settings.route.tsx"),
    route("/secrets", "features/secrets/list.route.tsx"),
    route("/new/secret", "features/secrets/create.route.tsx"),
    route("/functions/$name/edit", "features/functions/edit.route.tsx"),
    route("/functions/$name/compare", "features/functions/compare.route.tsx"),
    route("/new/function", "features/functions/new.route.tsx"),
    // Data items, models and artifacts: other words are not found. What is written out above goes first.
    route("/$material", "features/materials/list.route.tsx"),
    route("/$material/$name", "features/materials/detail.route.tsx"),
    route("/$material/$name/edit", "features/materials/edit.route.tsx"),
    route("/$material/$name/compare", "features/materials/compare.route.tsx"),
    route("/new/$entity", "features/materials/new.route.tsx"),
  ]),
  route("/search", "features/search/everywhere.route.tsx"),
  route("/account/{-$tab}", "features/account/account.route.tsx"),
  route("/-/$project/{-$page}", "app/upstream-list.route.tsx"),
  route("/-/$project/$entity/$id/{-$action}", "app/upstream.route.tsx"),
]);
