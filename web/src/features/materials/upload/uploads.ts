import { ApiError, errorText } from "../../../api/error.ts";
import { api, body } from "../../../api/client.ts";
import { tellChange } from "../../../live/tell.ts";
import { entityOf, type Material, type MaterialDoc } from "../material.ts";
import { pathOf } from "../paths.ts";
import { dropUpload, putUpload, type Upload } from "./list.ts";
import { lookInto } from "./look.ts";
import { versionPath } from "./plan.ts";
import { sendFile, type Sending, TransferError } from "./transfer.ts";

/** What is to be uploaded, and as what. */
export interface UploadOrder {
  project: string;
  material: Material;
  name: string;
  kind: string;
  metadata: { description?: string; labels?: string[] };
  files: readonly { name: string; file: File }[];
}

interface Job {
  upload: Upload;
  doc: MaterialDoc;
  files: readonly Sending[];
  control: AbortController;
}

const jobs = new Map<string, Job>();
/** A preview that is larger than this stays out of the version's status. */
const largestPreview = 64 * 1024;
/** Longer lists of files are asked for when they are looked at. */
const mostListed = 100;

/** Makes the version and begins to send its files; it goes on while other pages are shown. */
export async function startUpload(order: UploadOrder): Promise<MaterialDoc> {
  const { project, material, name, kind, metadata } = order;
  const id = crypto.randomUUID().replaceAll("-", "");
  const files = order.files.map(({ name, file }): Sending => ({ name, blob: file, etags: new Map(), done: false }));
  const candidates = files.map(({ name, blob }) => ({ name, size: blob.size }));
  const place = await body(
    api.POST(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/upload"), {
      params: { path: { project, id }, query: { filename: candidates[0]?.name ?? "", name } },
    }),
  );
  const doc = await body(
    api.POST(pathOf(material, "/api/v1/-/{project}/dataitems"), {
      params: { path: { project } },
      body: {
        id,
        name,
        kind,
        metadata,
        spec: { path: versionPath(place.path, candidates) },
        status: { state: "UPLOADING" },
      },
    }),
  );
  begin(doc, project, material, files);
  return doc;
}

/** Sends the files of a version again that has none, since its upload was broken off. */
export async function uploadAgain(
  project: string,
  material: Material,
  before: MaterialDoc,
  chosen: UploadOrder["files"],
): Promise<void> {
  const files = chosen.map(({ name, file }): Sending => ({ name, blob: file, etags: new Map(), done: false }));
  const old = typeof before.spec["path"] === "string" ? before.spec["path"] : "";
  const folder = old.slice(0, old.lastIndexOf("/") + 1);
  const [first] = files;
  const single = files.length === 1 && first !== undefined && !first.name.includes("/");
  const doc = await update(project, material, before.id, (now) => ({
    ...now,
    spec: { ...now.spec, path: single ? folder + first.name : folder },
    status: { state: "UPLOADING" },
  }));
  begin(doc, project, material, files);
}

function begin(doc: MaterialDoc, project: string, material: Material, files: readonly Sending[]): void {
  tell("create", project, material, doc);
  const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
  const upload: Upload = { id: doc.id, project, material, name: doc.name, bytes, sent: 0, phase: "sending" };
  const job: Job = { upload, doc, files, control: new AbortController() };
  jobs.set(doc.id, job);
  putUpload(upload);
  void run(job);
}

/** Goes on where an upload stopped: parts that have arrived are not sent again. */
export function retryUpload(id: string): void {
  const job = jobs.get(id);
  if (job === undefined || job.upload.phase !== "failed") return;
  job.control = new AbortController();
  change(job, { phase: "sending", failure: undefined });
  void run(job);
}

/** Gives an upload up; its version says so. */
export async function cancelUpload(id: string, message: string): Promise<void> {
  const job = jobs.get(id);
  if (job === undefined) return;
  job.control.abort();
  jobs.delete(id);
  dropUpload(id);
  const { project, material } = job.upload;
  await update(project, material, id, (now) => ({ ...now, status: { state: "ERROR", message } }));
}

async function run(job: Job): Promise<void> {
  const { doc, files, control } = job;
  const { project, material, id, name } = job.upload;
  let current: Sending | undefined;
  try {
    for (const file of files) {
      if (file.done) continue;
      current = file;
      const before = files.filter(({ done }) => done).reduce((sum, { blob }) => sum + blob.size, 0);
      await sendFile(
        { project, material, id, name },
        file,
        (sent) => !control.signal.aborted && change(job, { sent: before + sent }),
        control.signal,
      );
    }
    current = undefined;
    change(job, { phase: "finishing", sent: job.upload.bytes });
    await finish(project, material, doc, files);
    change(job, { phase: "done" });
    jobs.delete(id);
  } catch (error) {
    if (control.signal.aborted) return;
    const at = error instanceof TransferError ? error : undefined;
    const offline = error instanceof ApiError && error.status === 0;
    change(job, {
      phase: "failed",
      failure: {
        file: current?.name,
        part: at?.part,
        parts: at?.parts,
        elsewhere: at?.elsewhere,
        message: offline ? "" : errorText(error),
      },
    });
  }
}

/** Completes a version whose files are there: a table gets the columns that a look into it finds. */
async function finish(project: string, material: Material, doc: MaterialDoc, files: readonly Sending[]): Promise<void> {
  // A table that cannot be read is still a file that was uploaded.
  const found =
    doc.kind === "table" ? await lookInto(project, material, doc.id, files).catch(() => undefined) : undefined;
  const info = await body(
    api.GET(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/info"), {
      params: { path: { project, id: doc.id }, query: { page: 0, size: mostListed + 1 } },
    }),
  );
  const listed = "content" in info ? info.content : info;
  const small = found !== undefined && JSON.stringify(found.preview).length <= largestPreview;
  await update(project, material, doc.id, (now) => ({
    ...now,
    spec: { ...now.spec, ...(found !== undefined && { schema: found.schema }) },
    status: {
      state: "READY",
      files: listed.length <= mostListed ? listed : [],
      ...(small && { preview: found.preview }),
    },
  }));
}

/** Changes a version as it is now: an upload takes minutes, in which its labels may have been edited. */
async function update(
  project: string,
  material: Material,
  id: string,
  by: (now: MaterialDoc) => MaterialDoc,
): Promise<MaterialDoc> {
  const path = pathOf(material, "/api/v1/-/{project}/dataitems/{id}");
  const params = { path: { project, id } };
  const now = await body(api.GET(path, { params }));
  const written = await body(api.PUT(path, { params, body: by(now) }));
  tell("update", project, material, written);
  return written;
}

function tell(verb: "create" | "update", project: string, material: Material, doc: MaterialDoc): void {
  const { id, name, kind } = doc;
  tellChange({ verb, entity: entityOf(material), project, id, name, kind, state: doc.status.state });
}

function change(job: Job, by: Partial<Upload>): void {
  if (!jobs.has(job.upload.id)) return;
  job.upload = { ...job.upload, ...by };
  putUpload(job.upload);
}
