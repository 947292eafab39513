import { createFileRoute, notFound, redirect } from "@tanstack/react-router";
import { listPaths, type Place } from "../entity/place.ts";

/** Pages of the console that came before, and where they are now below a project. */
const pages: Readonly<Record<string, string>> = {
  "": "",
  ...Object.fromEntries(Object.values(listPaths).map((list) => [list, `/${list}`])),
  lineage: "/lineage",
  config: "/settings/general",
  hub: "/templates",
  searchresults: "/search",
};

// Links of the console that came before to a page of a project: /-/demo/runs. What is not there is not found.
export const Route = createFileRoute("/-/$project/{-$page}")({
  beforeLoad: ({ params: { project, page = "" } }) => {
    const to = Object.hasOwn(pages, page) ? pages[page] : undefined;
    if (to === undefined) throw notFound();
    const place: Place = { to: `/p/$project${to}`, params: { project } };
    throw redirect({ ...place, replace: true });
  },
});
