// What is measured inside a page: frames, events, and how long an act takes until its answer is painted.
import type { Page } from "@playwright/test";

/** An event as the browser timed it, from the input to the next paint; those below 16 ms are not told. */
export interface TimedEvent {
  name: string;
  duration: number;
}

interface Instruments {
  events: TimedEvent[];
  /** Gaps between frames while they are watched. */
  gaps: number[];
  watching: boolean;
  /** When a row of a list was first painted. */
  rows: number | undefined;
  /** Milliseconds until what is looked for has come. */
  answered: Promise<number>;
}

declare global {
  var bench: Instruments;
}

/** Puts the instruments into every document that a page opens. */
export async function instrument(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const own: Instruments = {
      events: [],
      gaps: [],
      watching: false,
      rows: undefined,
      answered: Promise.resolve(Number.NaN),
    };
    globalThis.bench = own;
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) own.events.push({ name, duration });
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    const look = () => {
      if (document.querySelector("[role=grid] [role=row][data-row-id]") === null) requestAnimationFrame(look);
      else setTimeout(() => (own.rows = performance.now()));
    };
    requestAnimationFrame(look);
  });
}

/** Watches frames while something happens, and gives the gaps between them. */
export async function frames(page: Page, during: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    bench.gaps = [];
    bench.watching = true;
    let before = performance.now();
    const next = () => {
      const now = performance.now();
      bench.gaps.push(now - before);
      before = now;
      if (bench.watching) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await during();
  return page.evaluate(() => {
    bench.watching = false;
    return bench.gaps.slice(1);
  });
}

const scrollsFor = 10_000; // ms

/**
 * Scrolls an element from its top so many pixels each frame, through a share of it, or for ten seconds where that takes
 * longer. Gives the share that was scrolled through.
 */
function scrollThrough(page: Page, selector: string, step: number, share = 1): Promise<number> {
  return page.evaluate(
    ([chosen, by, part, longest]) =>
      new Promise<number>((resolve) => {
        const area = document.querySelector(chosen);
        if (area === null) throw new Error(`nothing is ${chosen}`);
        area.scrollTop = 0;
        const begun = performance.now();
        const next = () => {
          const through = (area.scrollTop + area.clientHeight + 1) / area.scrollHeight;
          if (through >= part || performance.now() - begun > longest) return resolve(Math.min(through, part));
          area.scrollTop += by;
          requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
    [selector, step, share, scrollsFor] as const,
  );
}

/** What is looked for: an element that fits, with a text in it or as all of its text if one is given. */
export interface Sought {
  selector: string;
  text?: string;
  whole?: string;
}

/** Milliseconds from the key or the press of an act, as the browser stamped it, until what it brings was painted. */
export async function answer(page: Page, act: () => Promise<unknown>, ...sought: Sought[]): Promise<number> {
  // Armed before the act, which could overtake it otherwise.
  await page.evaluate((all) => {
    bench.answered = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`did not come: ${JSON.stringify(all)} at ${location.href}`)), 30_000);
      let begun = 0;
      const inputs = ["pointerdown", "keydown"] as const;
      const begin = (event: Event) => (begun = event.timeStamp);
      for (const name of inputs) addEventListener(name, begin, true);
      const there = () =>
        all.every(({ selector, text = "", whole }) =>
          [...document.querySelectorAll(selector)].some(
            ({ textContent }) =>
              textContent.includes(text) && (whole === undefined || textContent.replaceAll(/\s+/g, " ") === whole),
          ),
        );
      const watch = new MutationObserver(() => {
        if (begun === 0 || !there()) return;
        watch.disconnect();
        const since = begun;
        for (const name of inputs) removeEventListener(name, begin, true);
        // The frame that shows it is painted when its callbacks have run.
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - since)));
      });
      watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    bench.answered.catch(() => undefined); // told to whoever asks for it
  }, sought);
  await act();
  return page.evaluate(() => bench.answered);
}

/** The events of one kind that came while something happened. Those too quick to be told count as 16 ms. */
export async function timedEvents(
  page: Page,
  name: string,
  many: number,
  act: () => Promise<unknown>,
): Promise<number[]> {
  await page.evaluate(() => void (bench.events = []));
  await act();
  // Entries are delivered after the paint that ends them.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
  const told = await page.evaluate(() => bench.events);
  const own = told.filter((event) => event.name === name).map((event) => event.duration);
  return [...own, ...Array.from({ length: Math.max(0, many - own.length) }, () => 16)];
}

/** A pass of scrolling, frame by frame. */
export async function scrolling(
  page: Page,
  selector: string,
  step: number,
  share = 1,
): Promise<{ gaps: number[]; way: number }> {
  let way = 0;
  const gaps = await frames(page, async () => {
    way = await scrollThrough(page, selector, step, share);
  });
  return { gaps, way: way / share };
}
