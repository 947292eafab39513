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
  for (const name of ["evaluate", "clean-recordings"]) await seed.createFunction(name, { labels: ["ml"] });
  const done = await seed.run("hello", hello[6] ?? "");
  await seed.run("hello", hello[6] ?? "");
  const failed = await seed.run("train", train.id);
  return { project, empty, failed: failed.id, done: done.id };
}
