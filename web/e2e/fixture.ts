// A project with something on every page, for pictures: real runs of real functions.
import { measure, store } from "./data-seed.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import type { Seed } from "./seed.ts";

/** What the data is called. */
interface Made {
  project: string;
  /** A project with nothing in it. */
  empty: string;
  versions: readonly [older: string, newer: string];
  failed: string;
  done: string;
  running: string;
  stopped: string;
  /** The run that had too little memory. */
  memory: string;
  /** The run that made a model, a data item and an artifact. */
  made: string;
  trigger: string;
  /** The older and the newer version of a model with metrics. */
  forest: string;
  forestNow: string;
}

/** Makes the data and tells what it is called. */
export async function fixture(seed: Seed): Promise<Made> {
  const { project } = seed;
  const empty = `${project}-new`;
  await seed.createProject(project, "Recordings, and the model made of them");
  await seed.createProject(empty);
  const hello = await seed.createVersions("hello", 7, ["demo", "etl"]);
  const trigger = await seed.schedule("monthly", "hello", hello[6] ?? "", "0 2 1 * *");
  const train = await seed.createFunction("train", {
    labels: ["ml"],
    code: 'def main():\n    print("Loading batch 40/64")\n    raise ValueError("the data item recordings has no rows")\n',
  });
  // Never run, and not without what it demands.
  await seed.createFunction("clean-recordings", {
    labels: ["ml"],
    code: "def main(project, recordings, least):\n    return [each for each in recordings if each >= least]\n",
  });
  const done = await seed.run("hello", hello[6] ?? "");
  await seed.run("hello", hello[6] ?? "");
  const failed = await seed.run("train", train.id);
  const recordings = await seed.post<{ key: string }>(`-/${project}/dataitems`, {
    name: "recordings",
    kind: "table",
    spec: { path: "s3://datalake/recordings.parquet" },
  });
  const evaluate = await seed.createFunction("evaluate", {
    labels: ["ml"],
    code: [
      "def main(project, run, recordings):",
      '    open("clf.txt", "w").write("weights")',
      '    project.log_model(name="clf", kind="model", source="clf.txt")',
      '    open("cities.csv", "w").write("name,country\\nTrento,Italy\\nLyon,France\\n")',
      '    project.log_dataitem(name="cities", kind="table", source="cities.csv")',
      '    open("report.txt", "w").write("All is well.")',
      '    project.log_artifact(name="report", kind="artifact", source="report.txt")',
      '    run.log_metric("loss", [0.9, 0.5, 0.35, 0.31])',
      '    run.log_metric("accuracy", 0.93)',
    ].join("\n"),
  });
  const made = await seed.run("evaluate", evaluate.id, { inputs: { recordings: recordings.key } });
  if (made.state !== "COMPLETED") throw new Error(`the run that makes the data ended as ${made.state}`);
  await seed.post(`-/${project}/secrets`, {
    name: "hf-token",
    kind: "secret",
    spec: { path: "secret://hf-token", provider: "kubernetes" },
  });
  await seed.put(`-/${project}/secrets/data`, { "hf-token": "a value that nobody sees" });
  const { memory, running, stopped } = await endings(seed);
  const versions = [hello[5] ?? "", hello[6] ?? ""] as const;
  const [forest = "", forestNow = ""] = await data(seed);
  return {
    project,
    empty,
    versions,
    failed: failed.id,
    done: done.id,
    made: made.id,
    memory,
    running,
    stopped,
    trigger,
    forest,
    forestNow,
  };
}

/** Runs that are in the other states: out of memory, at work for as long as the server lives, and stopped. */
async function endings(seed: Seed): Promise<{ memory: string; running: string; stopped: string }> {
  const slow = await runnable(seed, "follow-the-stream-of-a-station-with-a-long-name", "slow");
  const [memory, running, stopped] = await Promise.all([
    startRun(seed, await runnable(seed, "crowd", "oom"), { resources: { mem: "64Mi" } }),
    startRun(seed, slow),
    startRun(seed, slow),
  ]);
  await reached(seed, stopped.id, "RUNNING");
  await seed.post(`-/${seed.project}/runs/${stopped.id}/stop`, {});
  await reached(seed, stopped.id, "STOPPED");
  await reached(seed, running.id, "RUNNING");
  await reached(seed, memory.id, "ERROR");
  return { memory: memory.id, running: running.id, stopped: stopped.id };
}

const towns = ["Rome,Italy,2748109", "Turin,Italy,846916", "Oslo,Norway,709037", "Bern,Switzerland,134591"];

/** The versions of a model, each with metrics of its own, beside a table in two versions and an artifact of several files. */
async function data(seed: Seed): Promise<string[]> {
  const field = (name: string, type: string, description?: string) => ({
    name,
    type,
    ...(description !== undefined && { description }),
  });
  const table = { material: "dataitems", name: "towns", kind: "table", labels: ["geo", "demo"] } as const;
  const columns = [field("name", "string", "As people there write it"), field("population", "integer")];
  await store(seed, {
    ...table,
    files: { "towns.csv": `name,population\n${towns.map((town) => town.replace(/,\w+,/, ",")).join("\n")}\n` },
    spec: { schema: { fields: columns } },
    preview: { rows: towns.length },
  });
  await store(seed, {
    ...table,
    files: {
      "towns.csv": `name,country,population\n${Array.from({ length: 60 }, () => towns.join("\n")).join("\n")}\n`,
    },
    spec: { schema: { fields: [...columns.slice(0, 1), field("country", "string"), ...columns.slice(1)] } },
    preview: { rows: 240 },
  });
  const model = { material: "models", name: "forest", kind: "sklearn", labels: ["ml"] } as const;
  const spec = { framework: "scikit-learn", algorithm: "random forest" };
  const ids: string[] = [];
  for (const step of [1, 2]) {
    const id = await store(seed, { ...model, files: { "model.pkl": `\0${"x".repeat(4000 * step)}` }, spec });
    ids.push(id);
    await measure(seed, id, {
      accuracy: 0.85 + step / 50,
      loss: Array.from({ length: 40 }, (_, at) => 2 / (at / step + 1)),
    });
  }
  await store(seed, {
    material: "artifacts",
    name: "pages",
    kind: "artifact",
    files: { "index.html": "<h1>Report</h1>", "img/loss.svg": "<svg/>", "notes.md": "# Notes\n\nAll went well.\n" },
  });
  return ids;
}
