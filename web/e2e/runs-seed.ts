// Functions whose runs do what journeys need, and runs of them that really execute.
import { expect } from "@playwright/test";
import type { Seed } from "./seed.ts";

/** What a function of a journey does when it runs. */
const bodies = {
  train: "def main(epochs=1, same=None):\n    print('epochs', epochs)\n    return epochs\n",
  oom: "def main():\n    print('Loading batch 40/64', flush=True)\n    held = []\n    while True:\n        held.append(bytearray(8 << 20))\n",
  anything: "def main(**given):\n    print(sorted(given))\n    return 'done'\n",
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
