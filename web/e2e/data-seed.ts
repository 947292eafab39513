// Data items, models and artifacts for journeys: their bytes go the way that any client's go.
import type { Seed } from "./seed.ts";

interface Stored {
  material: "dataitems" | "models" | "artifacts";
  name: string;
  kind: string;
  /** Name and content of each file. */
  files: Record<string, string | Buffer>;
  spec?: Record<string, unknown>;
  labels?: readonly string[];
  preview?: Record<string, unknown>;
}

/** Stores a version with its files and gives its id. */
export async function store(seed: Seed, what: Stored): Promise<string> {
  const id = crypto.randomUUID().replaceAll("-", "");
  const names = Object.keys(what.files);
  let path = "";
  for (const name of names) {
    const place = await seed.post<{ path: string; url: string }>(
      `-/${seed.project}/${what.material}/${id}/files/upload?filename=${encodeURIComponent(name)}&name=${what.name}`,
      {},
    );
    await seed.send(place.url, Buffer.from(what.files[name] ?? ""));
    path = names.length === 1 ? place.path : place.path.slice(0, -name.length);
  }
  await seed.post(`-/${seed.project}/${what.material}`, {
    id,
    name: what.name,
    kind: what.kind,
    metadata: { labels: what.labels ?? [] },
    spec: { path, ...what.spec },
    status: {
      state: "READY",
      files: names.map((name) => ({ path: name, name, size: Buffer.byteLength(what.files[name] ?? "") })),
      ...(what.preview !== undefined && { preview: what.preview }),
    },
  });
  return id;
}

/** Stores what was measured of a version of a model. */
export async function measure(seed: Seed, id: string, metrics: Record<string, number | number[]>): Promise<void> {
  for (const [name, data] of Object.entries(metrics))
    await seed.send(`-/${seed.project}/models/${id}/metrics/${name}`, JSON.stringify(data), "application/json");
}
