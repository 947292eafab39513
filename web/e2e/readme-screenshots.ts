// The four pictures of the README, of a pipeline that ran: npm run screenshots -- readme writes them to
// .cache/screenshots, from where they are taken to docs/images once they were looked at.
import { join } from "node:path";
import { Seed } from "./seed.ts";
import { settled } from "./settled.ts";
import { drawn, test as base } from "./steps.ts";

const folder = join(import.meta.dirname, "../../.cache/screenshots");

/** The functions of the pipeline, in the order in which they run. */
const code = {
  fetch: `def main(project, stations):
    print("reading the stations")
    open("readings.csv", "w").write("station,degrees\\nTrento,11.5\\nRovereto,12.1\\nRiva,\\n")
    project.log_dataitem(name="readings", kind="table", source="readings.csv")
`,
  clean: `def main(project, readings):
    open("clean.csv", "w").write("station,degrees\\nTrento,11.5\\nRovereto,12.1\\n")
    project.log_dataitem(name="readings-clean", kind="table", source="clean.csv")
    open("gaps.txt", "w").write("Riva has no reading.")
    project.log_artifact(name="gaps", kind="artifact", source="gaps.txt")
`,
  train: `def main(project, run, readings, rate=0.1, depth=4):
    losses = [1 / (1 + rate * depth * step) for step in range(1, 30)]
    run.log_metric("loss", losses)
    run.log_metric("accuracy", round(1 - losses[-1] / 2, 4))
    open("forecast.bin", "w").write("weights")
    project.log_model(name="forecast", kind="model", source="forecast.bin")
`,
};

interface Pipeline {
  seed: Seed;
  /** Two runs of train that differ. */
  runs: readonly string[];
}

const test = base.extend<object, { pipeline: Pipeline }>({
  pipeline: [
    async ({ playwright, server }, provide) => {
      const request = await playwright.request.newContext();
      const seed = new Seed(request, server.url, "weather");
      await seed.createProject("weather", "Readings of the stations, and tomorrow's forecast");
      const made = async (name: keyof typeof code) => (await seed.createFunction(name, { code: code[name] })).id;
      const [fetch, clean, train] = [await made("fetch"), await made("clean"), await made("train")];
      await seed.schedule("nightly", "fetch", fetch, "0 2 * * *"); // makes the task that the runs take
      const stations = await seed.createTable("stations");
      const key = async (of: string, name: string) => {
        const { content } = await seed.read<{ content: { key: string }[] }>(`-/weather/${of}?name=${name}`);
        return content[0]?.key ?? "";
      };
      const runs: string[] = [];
      for (const parameters of [
        { rate: 0.1, depth: 4 },
        { rate: 0.3, depth: 6 },
      ]) {
        await seed.run("fetch", fetch, { inputs: { stations: stations.key } });
        const inputs = { readings: await key("dataitems", "readings") };
        await seed.run("clean", clean, { inputs });
        const { id } = await seed.run("train", train, { inputs, parameters, resources: { mem: "256Mi" } });
        runs.push(id);
      }
      await provide({ seed, runs });
      await request.dispose();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** What each picture shows, by the name that it has in docs/images. */
const places: Record<string, (pipeline: Pipeline) => string> = {
  "console-overview": () => "?span=1h",
  "console-composer": () => "/functions/train/run",
  "console-compare": ({ runs }) => `/compare/runs?ids=${runs.join(",")}`,
  "console-lineage": () => "/lineage",
};

test.use({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 0.75, locale: "en-GB" });

test("readme", async ({ page, server, pipeline }) => {
  for (const [name, place] of Object.entries(places)) {
    const colorScheme = name === "console-lineage" ? "dark" : "light";
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`${server.console}p/weather${place(pipeline)}`);
    await drawn(page);
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: "jpeg", quality: 82, animations: "disabled" });
  }
});
