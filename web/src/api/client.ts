import createClient, { type Middleware } from "openapi-fetch";
import { ApiError, errorFrom } from "./error.ts";
import type { components, paths } from "./schema.gen.d.ts";

/** A document of the API, by the name that OpenAPI gives it. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

let language = "en";
let serverVersion: string | undefined;
const versionListeners = new Set<() => void>();

/** In which language the server should answer from now on. */
export function setApiLanguage(locale: string): void {
  language = locale;
}

/** The version of the server that answered first changed meanwhile: the page is older than the server. */
export const versionSkew = {
  subscribe: (listener: () => void) => {
    versionListeners.add(listener);
    return () => versionListeners.delete(listener);
  },
  read: () => skewed,
};
let skewed = false;

function watchVersion(response: Response): void {
  const version = response.headers.get("x-api-version");
  if (version === null) return;
  serverVersion ??= version;
  if (version === serverVersion || skewed) return;
  skewed = true;
  for (const listener of versionListeners) listener();
}

const middleware: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language);
    return request;
  },
  async onResponse({ request, response }) {
    watchVersion(response);
    if (!response.ok) throw await errorFrom(response, describe(request));
    return undefined;
  },
  onError({ request, error }) {
    if (error instanceof ApiError || (error instanceof DOMException && error.name === "AbortError")) return undefined;
    return new ApiError({ status: 0, code: "offline", message: "", request: describe(request) });
  },
};

function describe(request: Request): string {
  const url = new URL(request.url);
  return `${request.method} ${url.pathname}${url.search}`;
}

// Late-bound, so that what replaces fetch afterwards (a test, a tracer) is heard.
/** The API, typed by the server's OpenAPI, whose other media types the console does not ask for. An answer that says no is thrown as ApiError. */
export const api = createClient<paths, "application/json">({
  baseUrl: globalThis.location?.origin ?? "",
  fetch: (request) => globalThis.fetch(request),
});
api.use(middleware);

/** The body of an answer; one that should have a body and has none is a failure. */
export async function body<T>(call: Promise<{ data?: T | undefined; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined)
    throw new ApiError({ status: response.status, code: "empty", message: "The server's answer is empty." });
  return data;
}

/** The body of an answer with its ETag, which a later write rests on. */
export async function tagged<T>(call: Promise<{ data?: T | undefined; response: Response }>) {
  const [data, { response }] = await Promise.all([body(call), call]);
  return { data, tag: response.headers.get("etag") ?? "" };
}

/** How often a failed read is repeated: twice when that may help. Writes never are. */
export function retryRead(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && error.temporary;
}
