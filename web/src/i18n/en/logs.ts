import { plurals } from "../plural.ts";

const many = plurals("en");

export const logs = {
  title: "Logs",
  containers: "Containers",
  text: (container: string) => `Log of ${container}`,
  lines: (n: number) => many(n, { one: "# line", other: "# lines" }),
  search: "Search the log",
  searchHelp: "A regular expression; capitals count only if typed. Enter or n: next, Shift+Enter or N: previous.",
  literal: "No regular expression: searched as it stands.",
  matches: (at: number, of: number) => (at === 0 ? many(of, { one: "# match", other: "# matches" }) : `${at} of ${of}`),
  noMatch: "No match",
  searching: "Searching…",
  givenUp: {
    slow: "This expression takes too long and was given up; try a simpler one.",
    failed: "Expressions cannot be searched for now; plain words can.",
  },
  next: "Next match",
  previous: "Previous match",
  errorsOnly: "Errors only",
  clear: "Clear the search",
  noErrors: "No line looks like an error.",
  firstError: "First error",
  wrap: "Wrap lines",
  times: "Timestamps",
  timesOff: "Off",
  timesRelative: "Relative to the start of the run",
  timesAbsolute: "Absolute",
  noTimes: "When its lines were written was not kept.",
  follow: "Follow",
  paused: "Paused; f follows again",
  newLines: (n: number) => many(n, { one: "# new line", other: "# new lines" }),
  download: "Download",
  line: (n: number) => `Line ${n}`,
  rewritten: (n: number) =>
    many(n, {
      one: "Written over # time; only the last state is shown.",
      other: "Written over # times; only the last state is shown.",
    }),
  attempt: (n: number) => `Attempt ${n}`,
  lost: (size: string) => `${size} of the log are missing here.`,
  dropped: (n: number) =>
    many(n, { one: "The first # line is only in the download.", other: "The first # lines are only in the download." }),
  empty: "Nothing was printed.",
  waiting: "Nothing printed yet.",
  states: {
    connecting: "Connecting…",
    live: "Live",
    ended: "Complete",
    reconnecting: "Broke off; trying again",
    refused: (status: number) => `The log cannot be read (${status}).`,
  },
} as const;
