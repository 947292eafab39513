// Functions whose runs do what journeys need, and runs of them that really execute.
import { expect } from "@playwright/test";
import type { Seed } from "./seed.ts";
import type { Server } from "./server.ts";

/** What a run prints that a terminal or a browser would act on. */
export const hostile = {
  html: "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>",
  red: "a red word",
  link: "a link's text",
};

const megabytes = 10;

/** What a function of a journey does when it runs. */
const bodies = {
  train: "def main(epochs=1, same=None):\n    print('epochs', epochs)\n    return epochs\n",
  oom: "def main():\n    print('Loading batch 40/64', flush=True)\n    held = []\n    while True:\n        held.append(bytearray(8 << 20))\n",
  heavy:
    "def main():\n    held = bytearray(150 << 20)\n    for at in range(0, len(held), 4096):\n        held[at] = 1\n" +
    "    print('it holds', len(held), flush=True)\n    while True:\n        pass\n",
  busy: "import time\ndef main():\n    until = time.process_time() + 0.8\n    while time.process_time() < until:\n        pass\n    raise ValueError('it gave up')\n",
  failing: "def main():\n    print('never works', flush=True)\n    raise ValueError('never works')\n",
  anything: "def main(**given):\n    print(sorted(given))\n    return 'done'\n",
  chatty:
    "import time\ndef main():\n    for n in range(300):\n        print('line', n, flush=True)\n" +
    "    print('a rocket \\U0001F680 lifts off', flush=True)\n    tick = 0\n    while True:\n        tick += 1\n" +
    "        print('tick', tick, flush=True)\n        time.sleep(0.1)\n",
  twice:
    "import time\ndef main():\n    print('the first', flush=True)\n    time.sleep(1)\n" +
    "    print('the second', flush=True)\n    print('x' * 5000)\n    print('WARNING: hot')\n    print('ERROR: cold', flush=True)\n",
  many: "def main():\n    for n in range(100000):\n        print('row', n)\n    print('ERROR: the last of all', flush=True)\n",
  hostile:
    `def main():\n    print(${JSON.stringify(hostile.html)})\n` +
    `    print('\\x1b[31m${hostile.red}\\x1b[0m \\x1b[2J\\x1b[H\\x1b]0;pwned\\x07')\n` +
    `    print("\\x1b]8;;javascript:document.title='pwned'\\x07${hostile.link}\\x1b]8;;\\x07")\n` +
    "    print('bell \\x07 back \\x08 null \\x00 end')\n    print('\\u202egnp.exe')\n" +
    `    print('x' * (${megabytes} << 20))\n    print('after the long line', flush=True)\n`,
  slow: "import time\ndef main():\n    tick = 0\n    while True:\n        tick += 1\n        print('tick', tick, flush=True)\n        time.sleep(0.2)\n",
};

export interface MadeRun {
  id: string;
  name: string;
  status: { state: string };
  spec: Record<string, unknown>;
}

/** Makes a function by what it does and gives its reference. */
export async function runnable(seed: Seed, name: string, does: keyof typeof bodies): Promise<string> {
  const made = await seed.post<{ id: string }>(`-/${seed.project}/functions`, {
    name,
    kind: "python",
    metadata: { name },
    spec: { source: { base64: Buffer.from(bodies[does]).toString("base64"), handler: "main", lang: "python" } },
  });
  return `python://${seed.project}/${name}:${made.id}`;
}

/** Starts a run of a function. */
export function startRun(seed: Seed, fn: string, spec: Record<string, unknown> = {}): Promise<MadeRun> {
  return seed.post<MadeRun>(`-/${seed.project}/runs`, { kind: "python+job:run", spec: { function: fn, ...spec } });
}

/** Waits until a run is in a state, by the API. */
export async function reached(seed: Seed, id: string, state: string): Promise<MadeRun> {
  await expect
    .poll(async () => ((await seed.get(`-/${seed.project}/runs/${id}`)).body as MadeRun).status.state)
    .toBe(state);
  return (await seed.get(`-/${seed.project}/runs/${id}`)).body as MadeRun;
}

/** Makes a data item and gives its key. */
export async function createDataItem(seed: Seed, name: string): Promise<string> {
  const { key } = await seed.post<{ key: string }>(`-/${seed.project}/dataitems`, {
    name,
    kind: "table",
    metadata: { name },
    spec: { path: `s3://nowhere/${name}.csv` },
  });
  return key;
}

/** Makes a secret of the project. */
export async function createSecret(seed: Seed, name: string, value: string): Promise<void> {
  await seed.post(`-/${seed.project}/secrets`, {
    name,
    kind: "secret",
    metadata: { name },
    spec: { path: `secret://${name}`, provider: "kubernetes" },
  });
  await seed.put(`-/${seed.project}/secrets/data`, { [name]: value });
}

/** Makes many runs that their client executed, so that none starts here; oldest first. */
export async function seedRuns(server: Server, seed: Seed, fn: string, count: number): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      const n = next++;
      const spec = { function: fn, local_execution: true, parameters: { n } };
      // Each of the few at work makes one after the other.
      // oxlint-disable-next-line no-await-in-loop
      const response = await fetch(`${server.url}/api/v1/-/${seed.project}/runs`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ kind: "python+job:run", spec }),
      });
      // oxlint-disable-next-line no-await-in-loop
      if (!response.ok) throw new Error(`a run was refused: ${await response.text()}`);
    }
  };
  await Promise.all(Array.from({ length: 24 }, one));
}
