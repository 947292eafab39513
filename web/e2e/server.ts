// A real server for each worker, on a data folder of its own, that leaves nothing behind.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const binary = join(import.meta.dirname, "../../bin/dhub");

/** A running server. */
export interface Server {
  /** Its address, without a slash at the end. */
  url: string;
  /** The address of the console. */
  console: string;
  /** Ends the process; what it stores and runs stays. */
  halt: () => Promise<void>;
  /** Starts it anew on the same data, at the same address. */
  again: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts a binary on a free port and waits until it says that it is ready. */
export async function startServer(environment: Record<string, string> = {}, program = binary): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), "dhub-console-"));
  const start = async (listen: string): Promise<[ChildProcess, string]> => {
    const child = spawn(program, ["serve", "--data", data, "--listen", listen], {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return [child, await address(child)];
  };
  const [first, url] = await start("127.0.0.1:0");
  let child = first;
  const halt = async () => {
    if (child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  };
  return {
    url,
    console: `${url}${environment["DHUB_CONSOLE_PATH"] ?? "/console"}/`,
    halt,
    again: async () => {
      [child] = await start(new URL(url).host);
    },
    stop: async () => {
      await halt();
      endKeepers(data);
      rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

async function address(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the server's output is not read");
  stderr.on("data", (text: Buffer) => said.push(text.toString()));
  for await (const line of createInterface(stdout)) {
    const found = /ready at (http:\/\/\S+)/.exec(line);
    if (found?.[1] !== undefined) {
      stdout.resume(); // what is said later must not fill the pipe
      return found[1];
    }
  }
  throw new Error(`the server did not start: ${said.join("")}`);
}

// The keeper of runs outlives the server by intent; a test's data folder ends with both.
function endKeepers(data: string): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    let args: string[];
    try {
      args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    } catch {
      continue; // ended meanwhile
    }
    if (args[1] === "keeper" && args.some((arg) => arg.includes(data))) process.kill(Number(pid), "SIGKILL");
  }
}
