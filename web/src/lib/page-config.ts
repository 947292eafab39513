/** What the server writes into the page that starts the console. */
interface PageConfig {
  /** The path that the console lies under, such as /console. */
  base: string;
  /** The nonce that style elements made by the page must carry. */
  nonce: string;
}

/** Reads the island of JSON in index.html. The development server leaves it empty. */
export function pageConfig(): PageConfig {
  let island: Partial<PageConfig> = {};
  try {
    island = JSON.parse(document.getElementById("dhub-config")?.textContent ?? "{}") as Partial<PageConfig>;
  } catch {
    island = {};
  }
  return { base: island.base ?? "/", nonce: island.nonce ?? "" };
}
