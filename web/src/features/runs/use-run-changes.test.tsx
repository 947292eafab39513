import { QueryClient, QueryClientProvider, useInfiniteQuery } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { Profiler } from "react";
import { expect, test, vi } from "vitest";
import type { Change } from "../../live/apply.ts";
import { Incoming, NewRuns } from "./Incoming.tsx";
import { changesKey, mostKept } from "./live.ts";
import { type RunListParams, runs } from "./queries.ts";
import { useRunChanges } from "./use-run-changes.ts";

const change = (id: string): Change => ({
  seq: 1,
  verb: "update",
  entity: "run",
  project: "demo",
  id,
  kind: "python+job:run",
  name: id,
  state: "COMPLETED",
});
const row = (id: string, state: string) => ({ id, metadata: { created: "2026-01-01" }, status: { state }, spec: {} });
const page = (...content: object[]) => Response.json({ content, totalElements: content.length });

/** A server that is asked for the list, or for some runs by their ids; each answer waits until it is given. */
function server() {
  const asked = { list: [] as ((answer: Response) => void)[], among: [] as ((answer: Response) => void)[] };
  vi.stubGlobal("fetch", ({ url }: Request) => {
    const kind = new URL(url).searchParams.has("id") ? "among" : "list";
    return new Promise<Response>((answer) => asked[kind].push(answer));
  });
  return asked;
}

const params: RunListParams = {};
const none: ReadonlySet<string> = new Set();
const admits = () => true;

function List() {
  const query = useInfiniteQuery(runs.list("demo", params));
  useRunChanges({ project: "demo", params, admits, selected: none, reading: query.isFetching });
  return <p>{query.data?.pages.flatMap(({ content }) => content.map((run) => `${run.id} ${run.status.state}`))}</p>;
}

const drawn = vi.fn();
const never = () => false;

function AroundList() {
  const query = useInfiniteQuery(runs.list("demo", params));
  return (
    <Incoming project="demo" params={params} admits={never} selected={none} reading={query.isFetching}>
      <NewRuns />
      <Profiler id="rows" onRender={drawn}>
        <p>{query.data?.pages.flatMap(({ content }) => content.map((run) => `${run.id} ${run.status.state}`))}</p>
      </Profiler>
    </Incoming>
  );
}

function shown(list = <List />) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const tell = (...changes: Change[]) =>
    queries.setQueryData<readonly Change[]>(changesKey("demo"), (old = []) => [...old, ...changes]);
  const told = () => queries.getQueryData<readonly Change[]>(changesKey("demo"))?.length;
  const { unmount } = render(<QueryClientProvider client={queries}>{list}</QueryClientProvider>);
  const rows = () => queries.getQueryData(runs.list("demo", params).queryKey)?.pages.flatMap(({ content }) => content);
  return { tell, told, rows, unmount };
}

test("a change that is told while the list is being read is not undone by what arrives", async () => {
  const asked = server();
  const { tell } = shown();
  await waitFor(() => expect(asked.list).toHaveLength(1));
  act(() => void tell(change("a")));
  asked.among[0]?.(page(row("a", "COMPLETED")));
  asked.list[0]?.(page(row("a", "RUNNING")));
  await screen.findByText("a RUNNING");
  await waitFor(() => expect(asked.among.length).toBeGreaterThan(0));
  asked.among.at(-1)?.(page(row("a", "COMPLETED")));
  await screen.findByText("a COMPLETED");
});

test("where changed rows cannot be read, the list is read anew; where too many changed, too", async () => {
  const asked = server();
  const { tell, told } = shown();
  await waitFor(() => expect(asked.list).toHaveLength(1));
  asked.list[0]?.(page(row("a", "RUNNING")));
  await screen.findByText("a RUNNING");
  tell(change("a"));
  await waitFor(() => expect(asked.among).toHaveLength(1));
  asked.among[0]?.(new Response("{}", { status: 500 }));
  await waitFor(() => expect(asked.list).toHaveLength(2));
  asked.list[1]?.(page(row("a", "COMPLETED")));
  await screen.findByText("a COMPLETED");
  await waitFor(() => expect(told()).toBe(0));
  tell(...Array.from({ length: mostKept }, (_, i) => change(String(i))));
  await waitFor(() => expect(asked.list).toHaveLength(3));
  expect([asked.among.length, told()]).toEqual([1, 0]);
});

test("changes of a list that is left are kept for who shows it next", async () => {
  const asked = server();
  const { tell, told, unmount } = shown();
  await waitFor(() => expect(asked.list).toHaveLength(1));
  asked.list[0]?.(page(row("a", "RUNNING")));
  await screen.findByText("a RUNNING");
  tell(change("a"));
  await waitFor(() => expect(asked.among).toHaveLength(1));
  vi.useFakeTimers();
  unmount();
  asked.among[0]?.(page(row("a", "COMPLETED")));
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  expect(told()).toBe(1);
});

test("a rain of changes draws rows only when some came of it, and offers those that wait", async () => {
  const asked = server();
  const { tell } = shown(<AroundList />);
  await waitFor(() => expect(asked.list).toHaveLength(1));
  asked.list[0]?.(page(row("a", "RUNNING")));
  await screen.findByText("a RUNNING");
  drawn.mockClear();
  tell(change("a"), change("b"), change("c"));
  await waitFor(() => expect(asked.among).toHaveLength(1));
  expect(drawn).not.toHaveBeenCalled();
  asked.among[0]?.(page(row("a", "COMPLETED"), row("b", "RUNNING"), row("c", "RUNNING")));
  await screen.findByText("a COMPLETED");
  await screen.findByRole("button", { name: /2 new runs/ });
});

test("a row that comes at the top leaves the others what they are, so that they are not drawn again", async () => {
  const asked = server();
  const { tell, rows } = shown();
  await waitFor(() => expect(asked.list).toHaveLength(1));
  asked.list[0]?.(page(row("b", "RUNNING"), row("a", "RUNNING")));
  await screen.findByText(/a RUNNING/);
  const before = rows() ?? [];
  tell(change("c"));
  await waitFor(() => expect(asked.among).toHaveLength(1));
  asked.among[0]?.(page({ ...row("c", "CREATED"), metadata: { created: "2026-01-02" } }));
  await waitFor(() => expect(rows()).toHaveLength(3));
  expect(rows()?.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  for (const each of before) expect(rows()).toContain(each);
});
