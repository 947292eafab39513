// A server that knows one kind more: the runtime of e2e/everything is registered beside the others, in nothing but
// the list of runtimes, and the console that it serves is the one that everybody gets.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Server, startServer } from "./server.ts";

const root = join(import.meta.dirname, "../..");
const list = join(root, "runtime/all/all.go");

/** Builds the program with the made-up runtime in its list, and starts it. */
export async function startMadeUp(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "dhub-made-up-"));
  const changed = readFileSync(list, "utf8")
    .replace('\t"dhub/runtime"\n', '\t"dhub/e2e/everything"\n\t"dhub/runtime"\n')
    .replace("NewRegistry(", "NewRegistry(everything.New(), ");
  writeFileSync(join(folder, "all.go"), changed);
  const overlay = join(folder, "overlay.json");
  writeFileSync(overlay, JSON.stringify({ Replace: { [list]: join(folder, "all.go") } }));
  const program = join(folder, "dhub");
  execFileSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-overlay", overlay, "-o", program, "./cmd/dhub"], {
    cwd: root,
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  const server = await startServer({}, program);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
