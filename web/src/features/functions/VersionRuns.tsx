import { useQuery } from "@tanstack/react-query";
import { useFormat, useMessages } from "../../i18n/language.ts";
import css from "./FunctionPage.module.css";
import { functions } from "./queries.ts";

/** How many runs a version has had, and how many of those that ended came to a good end. */
export function VersionRuns({ project, reference }: { project: string; reference: string }) {
  const m = useMessages();
  const format = useFormat();
  const { data } = useQuery(functions.runCounts(project, reference));
  if (data === undefined) return <p className={css.quiet}>{m.functions.countingRuns}</p>;
  const good = data.states["COMPLETED"] ?? 0;
  const ended = good + (data.states["ERROR"] ?? 0);
  const rate = ended === 0 ? undefined : format.percent(good / ended);
  return <p className={css.quiet}>{m.functions.runsOfVersion(data.total, rate)}</p>;
}
