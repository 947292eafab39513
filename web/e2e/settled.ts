// When a page has come to rest, for pictures of it.
import type { Page } from "@playwright/test";

/** Editors, graphs and dialogs come after their page: a page that has not changed for some frames is all there. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise<void>((done) => {
      let quiet = 0;
      let frames = 0;
      const watch = new MutationObserver(() => (quiet = 0));
      watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const frame = () => {
        // What counts seconds is never quiet for long.
        if (++quiet < 12 && ++frames < 120) return void requestAnimationFrame(frame);
        watch.disconnect();
        done();
      };
      frame();
    });
  });
}
