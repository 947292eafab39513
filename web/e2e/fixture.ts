// A project with something on every page, for pictures: real runs of real functions.
import type { Seed } from "./seed.ts";

/** Makes the data and tells what it is called. */
export async function fixture(seed: Seed): Promise<{ project: string; empty: string; failed: string; done: string }> {
  const { project } = seed;
  const empty = `${project}-new`;
  await seed.createProject(project, "Recordings, and the model made of them");
  await seed.createProject(empty);
  const hello = await seed.createVersions("hello", 7, ["demo", "etl"]);
  const train = await seed.createFunction("train", {
    labels: ["ml"],
    code: 'def main():\n    print("Loading batch 40/64")\n    raise ValueError("the data item recordings has no rows")\n',
  });
  await seed.createFunction("clean-recordings", { labels: ["ml"] });
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
  return { project, empty, failed: failed.id, done: done.id };
}
