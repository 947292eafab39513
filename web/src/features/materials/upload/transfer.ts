import { api, body } from "../../../api/client.ts";
import type { Material } from "../material.ts";
import { pathOf } from "../paths.ts";
import { type Part, partsOf } from "./plan.ts";

/** A file on its way: what of it the store has by now, so that a second try sends the rest. */
export interface Sending {
  /** With its folders. */
  name: string;
  blob: Blob;
  uploadId?: string | undefined;
  path?: string | undefined;
  /** The store's receipt for each part that it has, by number. */
  etags: Map<number, string>;
  done: boolean;
}

/** Where a file goes to. */
export interface Target {
  project: string;
  material: Material;
  /** Of the version. */
  id: string;
  name: string;
}

/** Why bytes did not arrive: at which part. */
export class TransferError extends Error {
  readonly part: number | undefined;
  readonly parts: number | undefined;
  readonly elsewhere: string | undefined;

  constructor(message: string, at: { part?: number; parts?: number; elsewhere?: string } = {}) {
    super(message);
    this.name = "TransferError";
    this.part = at.part;
    this.parts = at.parts;
    this.elsewhere = at.elsewhere;
  }
}

/** Sends a file, whole or in parts; parts that the store has are not sent again. onSent hears how many bytes it has. */
export async function sendFile(
  target: Target,
  file: Sending,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const parts = partsOf(file.blob.size);
  const params = { path: { project: target.project, id: target.id } };
  const names = { filename: file.name, name: target.name };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const place = await body(
      api.POST(pathOf(target.material, "/api/v1/-/{project}/dataitems/{id}/files/upload"), {
        signal,
        params: { ...params, query: names },
      }),
    );
    await put(place.url ?? "", file.blob, onSent, signal);
    file.done = true;
    return;
  }
  if (file.uploadId === undefined || file.path === undefined) {
    const place = await body(
      api.POST(pathOf(target.material, "/api/v1/-/{project}/dataitems/{id}/files/multipart/start"), {
        signal,
        params: { ...params, query: names },
      }),
    );
    file.uploadId = place.uploadId ?? "";
    file.path = place.path;
  }
  const upload = { path: file.path, uploadId: file.uploadId };
  const sent = () =>
    parts.filter(({ number }) => file.etags.has(number)).reduce((sum, { from, to }) => sum + to - from, 0);
  for (const part of parts) {
    if (file.etags.has(part.number)) continue;
    const before = sent();
    file.etags.set(
      part.number,
      await sendPart(target, file, upload, part, parts.length, (bytes) => onSent(before + bytes), signal),
    );
    onSent(sent());
  }
  await api.POST(pathOf(target.material, "/api/v1/-/{project}/dataitems/{id}/files/multipart/complete"), {
    signal,
    params: { ...params, query: { ...upload, partList: parts.map(({ number }) => file.etags.get(number) ?? "") } },
  });
  file.done = true;
}

async function sendPart(
  { project, material, id }: Target,
  file: Sending,
  upload: { path: string; uploadId: string },
  part: Part,
  parts: number,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  try {
    const place = await body(
      api.PUT(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/multipart/part"), {
        signal,
        params: { path: { project, id }, query: { ...upload, partNumber: part.number } },
      }),
    );
    return await put(place.url ?? "", file.blob.slice(part.from, part.to), onSent, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const elsewhere = error instanceof TransferError ? error.elsewhere : undefined;
    throw new TransferError(error instanceof Error ? error.message : String(error), {
      part: part.number,
      parts,
      ...(elsewhere !== undefined && { elsewhere }),
    });
  }
}

// fetch() does not tell how much has been sent, so it is the older way.
function put(url: string, blob: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const { origin } = new URL(url, location.href);
    if (origin !== location.origin) {
      reject(new TransferError("", { elsewhere: origin }));
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    const settle = (how: () => void) => {
      signal.removeEventListener("abort", abort);
      how();
    };
    request.upload.addEventListener("progress", ({ loaded }) => onSent(loaded));
    request.addEventListener("load", () =>
      settle(() =>
        request.status >= 200 && request.status < 300
          ? resolve(request.getResponseHeader("etag") ?? "")
          : reject(new TransferError(/<Message>([^<]*)/.exec(request.responseText)?.[1] ?? `${request.status}`)),
      ),
    );
    request.addEventListener("error", () => settle(() => reject(new TransferError(""))));
    request.addEventListener("abort", () => settle(() => reject(new DOMException("aborted", "AbortError"))));
    request.open("PUT", url);
    request.send(blob);
  });
}
