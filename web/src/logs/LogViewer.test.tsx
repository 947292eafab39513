import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { encodeText } from "../lib/base64.ts";
import { violations } from "../testing/axe.ts";
import { LogViewer, type LogViewerProps } from "./LogViewer.tsx";
import { findInTexts } from "./search.ts";
import type { Asked } from "./searcher.ts";
import type { Follow, FollowState } from "./stream.ts";

/** A log in the hands of the test. */
function makeLog() {
  let offset = 0;
  let hand: Parameters<Follow>[0] | undefined;
  const follow: Follow = async (handlers, signal) => {
    hand = handlers;
    handlers.onState({ is: "live" });
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  };
  const print = (text: string): void => {
    const data = JSON.stringify({ offset, attempt: 1, container: "main", data: encodeText(text) });
    offset += new TextEncoder().encode(text).length;
    hand?.onEvent({ event: "message", data });
  };
  return {
    follow,
    print,
    end: () => hand?.onEvent({ event: "end", data: "{}" }),
    state: (state: FollowState) => hand?.onState(state),
  };
}

function show(log: ReturnType<typeof makeLog>, more: Partial<LogViewerProps> = {}) {
  return render(
    <LogViewer
      containers={[{ id: "main", label: "main" }]}
      container="main"
      onContainer={() => {}}
      follow={log.follow}
      downloadHref="/api/log"
      lineHref={(n) => `run#L${n}`}
      onLine={() => {}}
      {...more}
    />,
  );
}

const region = () => screen.getByRole("region", { name: "Log of main" });
const many = (n: number): string => Array.from({ length: n }, (_, i) => `line ${i + 1}\n`).join("");

/** The page has no layout here: the box is given one. */
function layOut(height: number): HTMLElement {
  const box = region();
  Object.defineProperty(box, "clientHeight", { value: height, configurable: true });
  Object.defineProperty(box, "scrollHeight", {
    get: () => Number.parseInt(box.querySelector<HTMLElement>(".all")?.style.getPropertyValue("--height") ?? "0", 10),
    configurable: true,
  });
  return box;
}

test("lines come as they are printed; the end says that it is all", async () => {
  const log = makeLog();
  show(log);
  log.print("hello\nwor");
  await screen.findByText("hello");
  log.print("ld\n");
  await screen.findByText("world");
  log.end();
  await screen.findByText("Complete");
  screen.getByText("2 lines");
  expect(await violations()).toEqual([]);
});

test("what is printed is text, never markup; signs are shown, colours drawn", async () => {
  const log = makeLog();
  show(log);
  log.print("<img src=x onerror=alert(1)>\n\x1b[31mred\x1b[0m \x07\n");
  await screen.findByText("<img src=x onerror=alert(1)>");
  expect(region().querySelector("img")).toBeNull();
  expect(screen.getByText("red").dataset["fg"]).toBe("1");
  screen.getByText("␇");
});

test("of 200,000 lines a few are drawn, the last ones while it follows", async () => {
  const log = makeLog();
  show(log);
  log.print(many(200_000));
  await screen.findByText("200,000 lines");
  await screen.findByText("line 200000");
  expect(region().querySelectorAll("[data-line]").length).toBeLessThan(120);
});

test("scrolling up pauses, f follows again", async () => {
  const log = makeLog();
  show(log);
  const box = layOut(400);
  log.print(many(500));
  await screen.findByText("line 500");
  const follow = screen.getByRole("button", { name: "Follow" });
  expect(follow.getAttribute("aria-pressed")).toBe("true");
  box.scrollTop = 1000;
  fireEvent.scroll(box);
  expect(follow.getAttribute("aria-pressed")).toBe("false");
  log.print("later\n");
  await screen.findByRole("button", { name: "1 new line" });
  expect(screen.queryByText("later")).toBeNull();
  await userEvent.keyboard("f");
  await screen.findByText("later");
  expect(follow.getAttribute("aria-pressed")).toBe("true");
});

test("search counts, marks and steps round by Enter, n and N", async () => {
  const log = makeLog();
  show(log);
  log.print(many(1000));
  const box = screen.getByRole("searchbox", { name: "Search the log" });
  await userEvent.type(box, "line 99\\d$");
  const count = within(screen.getByRole("search")).getByRole("status");
  await waitFor(() => expect(count.textContent).toBe("10 matches"));
  await userEvent.keyboard("{Enter}");
  expect(count.textContent).toBe("1 of 10");
  await waitFor(() => expect(region().querySelector("mark[data-found=current]")?.textContent).toBe("line 990"));
  await userEvent.keyboard("{Shift>}{Enter}{/Shift}");
  expect(count.textContent).toBe("10 of 10");
  region().focus();
  await userEvent.keyboard("n");
  expect(count.textContent).toBe("1 of 10");
  await userEvent.keyboard("{Shift>}N{/Shift}");
  expect(count.textContent).toBe("10 of 10");
});

test("Enter before anything was found steps when it is", async () => {
  const log = makeLog();
  show(log);
  log.print(many(100));
  await userEvent.type(screen.getByRole("searchbox", { name: "Search the log" }), "later{Enter}");
  log.print("later\n");
  const count = within(screen.getByRole("search")).getByRole("status");
  await waitFor(() => expect(count.textContent).toBe("1 of 1"));
});

test("search goes on in lines that come later; what is no expression is taken as it stands", async () => {
  const log = makeLog();
  show(log);
  log.print("line (1)\nother\n");
  const box = screen.getByRole("searchbox", { name: "Search the log" });
  const count = within(screen.getByRole("search")).getByRole("status");
  await userEvent.type(box, "line (");
  await waitFor(() => expect(count.textContent).toBe("1 match · No regular expression: searched as it stands."));
  log.print("line (2)\nline 3\n");
  await waitFor(() => expect(count.textContent).toContain("2 matches"));
});

test("errors only, and the way to the first one", async () => {
  const log = makeLog();
  show(log);
  log.print(`${many(300)}Traceback (most recent call last):\n  File "x.py"\nValueError: no\n${many(300)}`);
  await screen.findByText("603 lines");
  await userEvent.click(screen.getByRole("button", { name: "First error" }));
  await screen.findByText("ValueError: no");
  await userEvent.click(screen.getByRole("checkbox", { name: "Errors only" }));
  await waitFor(() => expect(region().querySelectorAll("[data-line]")).toHaveLength(3));
  expect(await violations()).toEqual([]);
});

test("a link to a line is gone to, and a line's number makes one", async () => {
  const log = makeLog();
  const line = vi.fn();
  show(log, { line: 120, onLine: line });
  log.print(many(1000));
  await waitFor(() => expect(region().querySelector("[data-linked]")?.textContent).toBe("120line 120"));
  const number = screen.getByRole("link", { name: "Line 121" });
  expect(number.getAttribute("href")).toBe("run#L121");
  await userEvent.click(number);
  expect(line).toHaveBeenCalledWith(121);
});

test("a broken stream and a refused one are said", async () => {
  const log = makeLog();
  show(log);
  log.print("one\n");
  await screen.findByText("one");
  const says = region().parentElement?.querySelector("[data-stream]");
  log.state({ is: "reconnecting", tries: 1, until: 0 });
  await waitFor(() => expect(says?.textContent).toContain("Broke off; trying again"));
  log.state({ is: "refused", status: 403 });
  await waitFor(() => expect(says?.textContent).toContain("The log cannot be read (403)."));
});

test("containers are tabs", async () => {
  const log = makeLog();
  const choose = vi.fn();
  const two = [
    { id: "main", label: "main" },
    { id: "side", label: "side" },
  ];
  show(log, { containers: two, onContainer: choose });
  await userEvent.click(screen.getByRole("tab", { name: "side" }));
  expect(choose).toHaveBeenCalledWith("side");
  expect(screen.getByRole("link", { name: "Download" }).getAttribute("href")).toBe("/api/log");
  expect(await violations()).toEqual([]);
});

test("a log that ended empty waits for nothing", async () => {
  const log = makeLog();
  show(log);
  await screen.findByText("Nothing printed yet.");
  log.end();
  await screen.findByText("Nothing was printed.");
  expect(screen.queryByText("Nothing printed yet.")).toBeNull();
});

test("where the browser refuses workers, that is said, and words are found all the same", async () => {
  vi.stubGlobal("Worker", () => {
    throw new Error("refused");
  });
  const log = makeLog();
  show(log);
  log.print(many(30));
  const box = screen.getByRole("searchbox", { name: "Search the log" });
  const count = within(screen.getByRole("search")).getByRole("status");
  fireEvent.change(box, { target: { value: "line 1+$" } });
  await waitFor(() => expect(count.textContent).toContain("plain words can"));
  fireEvent.change(box, { target: { value: "line 30" } });
  await waitFor(() => expect(count.textContent).toBe("1 match"));
});

/** A worker that is ready, and answers if it is let. */
class BesideThePage extends EventTarget {
  static answers = true;
  static ended = 0;
  constructor() {
    super();
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data: "ready" })));
  }
  postMessage({ source, flags, rows, first }: Asked): void {
    if (!BesideThePage.answers) return;
    const data = findInTexts(rows, new RegExp(source, flags), first);
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data })));
  }
  terminate(): void {
    BesideThePage.ended++;
  }
}

test("an expression that repeats is tried beside the page, in new lines too; one without end is given up", async () => {
  vi.stubGlobal("Worker", BesideThePage);
  const log = makeLog();
  show(log);
  log.print(many(30));
  const box = screen.getByRole("searchbox", { name: "Search the log" });
  const count = within(screen.getByRole("search")).getByRole("status");
  fireEvent.change(box, { target: { value: "line 1+$" } });
  await waitFor(() => expect(count.textContent).toBe("2 matches"));
  log.print("line 111\n");
  await waitFor(() => expect(count.textContent).toBe("3 matches"));

  BesideThePage.answers = false;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  fireEvent.change(box, { target: { value: "(i+)+z" } });
  await vi.waitFor(() => expect(count.textContent).toBe("Searching…"));
  BesideThePage.ended = 0;
  await vi.waitFor(() => expect(count.textContent).toContain("takes too long"), { timeout: 60_000 });
  vi.useRealTimers();
  expect(BesideThePage.ended).toBe(1);
  fireEvent.change(box, { target: { value: "line 30" } });
  await waitFor(() => expect(count.textContent).toBe("1 match"));
});
