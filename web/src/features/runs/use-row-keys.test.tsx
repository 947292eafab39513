import { renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { setLiveState } from "../../live/state.ts";
import type { RunRow } from "./run.ts";
import { useRowKeys } from "./use-row-keys.ts";

const row = (id: string, state: string) => ({ id, spec: {}, status: { state } }) as unknown as RunRow;
const [live, ended] = [row("a", "RUNNING"), row("b", "COMPLETED")];
const frame = () => ({ project: "demo", onRerun: vi.fn(), onStop: vi.fn(), onDelete: vi.fn(), onLogs: vi.fn() });

afterEach(() => setLiveState({ is: "none" }));

test("while the server is away the key starts no run", () => {
  const acts = frame();
  const { result } = renderHook(() => useRowKeys(acts));
  expect(result.current("r", ended)).toBe(true);
  expect(acts.onRerun).toHaveBeenCalledTimes(1);
  setLiveState({ is: "offline", until: 0 });
  const away = renderHook(() => useRowKeys(acts));
  expect(away.result.current("r", ended)).toBe(false);
  expect(acts.onRerun).toHaveBeenCalledTimes(1);
});

test("Stop and Delete are about the chosen rows; a key that has nothing to do is not taken", () => {
  const acts = frame();
  const one = renderHook(() => useRowKeys(acts)).result.current;
  expect([one("s", ended), one("s", live), one("i", live)]).toEqual([false, true, false]);
  expect(acts.onStop).toHaveBeenLastCalledWith([live]);
  const many = renderHook(() => useRowKeys(acts, [ended, live])).result.current;
  expect([many("s", ended), many("delete", ended)]).toEqual([true, true]);
  expect(acts.onStop).toHaveBeenLastCalledWith([ended, live]);
  expect(acts.onDelete).toHaveBeenLastCalledWith([ended, live]);
});
