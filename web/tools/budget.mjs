// Judges what the build made by the budgets of console.md 6.14, in gzip bytes. A page's size is all the JavaScript that
// is fetched before it can be drawn: the start, its route and what both import.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const root = new URL("../../", import.meta.url).pathname;
const dist = join(root, "internal/web/dist/console");
const manifest = JSON.parse(readFileSync(join(root, ".cache/web/manifest.json"), "utf8"));
const kB = 1000;

const firstRoute = "src/features/projects/list.route.tsx";
const budgets = { first: 190 * kB, css: 20 * kB, route: 60 * kB };
// What an island may weigh by itself, by the folder that owns it.
const islands = { "src/code/": 160 * kB, "src/graph/": 90 * kB, "src/charts/": 60 * kB, "src/logs/": 60 * kB };

function size(file) {
  const path = join(dist, file);
  return existsSync(`${path}.gz`) ? statSync(`${path}.gz`).size : gzipSync(readFileSync(path)).length;
}

/** The chunks that an entry cannot do without. */
function needs(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) needs(next, seen);
  return seen;
}

const files = (keys) => new Set([...keys].map((key) => manifest[key].file));
const sheets = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []));
const total = (names) => [...names].reduce((sum, name) => sum + size(name), 0);

const start = needs("index.html");
// A route's page is a chunk of its own, named after the route's file with a mark of the router's.
const routes = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry && /\.route\.tsx/.test(key));
const firstKeys = routes
  .filter((key) => key.startsWith(firstRoute))
  .reduce((seen, key) => needs(key, seen), new Set(start));

const failures = [];
function judge(name, bytes, budget) {
  const over = bytes > budget;
  if (over) failures.push(name);
  console.log(
    `${over ? "OVER " : "     "}${(bytes / kB).toFixed(1).padStart(7)} of ${String(budget / kB).padStart(4)} kB  ${name}`,
  );
}

if (!routes.some((key) => key.startsWith(firstRoute))) throw new Error(`the build holds no chunk of ${firstRoute}`);
judge("first route, JavaScript", total(files(firstKeys)), budgets.first);
judge("first route, styles", total(sheets(firstKeys)), budgets.css);
for (const key of routes) {
  if (key.startsWith(firstRoute)) continue;
  const own = new Set([...files(needs(key))].filter((file) => !files(firstKeys).has(file)));
  judge(key.split("?")[0], total(own), budgets.route);
}
for (const key of Object.keys(manifest)) {
  const island = Object.keys(islands).find((folder) => key.startsWith(folder));
  if (island === undefined || !manifest[key].isDynamicEntry) continue;
  const own = new Set([...files(needs(key))].filter((file) => !files(start).has(file)));
  judge(key, total(own), islands[island]);
}
if (failures.length > 0) {
  console.error(`over budget: ${failures.join(", ")}`);
  process.exit(1);
}
