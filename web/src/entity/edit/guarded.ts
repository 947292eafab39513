import { ApiError } from "../../api/error.ts";
import { type EntityDocument, mergedPaths } from "./document.ts";

/** What is stored now, with the tag that a write of it rests on. */
export interface Reading<Doc> {
  /** The ETag of the answer. */
  tag: string;
  doc: Doc;
  /** The part of it that people edit. */
  document: EntityDocument;
}

/** Either it was written, or somebody else had changed it and nothing was. */
export type Outcome<Doc, Made> = { saved: Made } | { theirs: Reading<Doc> };

const attempts = 3;

/**
 * Writes what rests on a reading: what is there now is read first, and where its document differs from base nothing is
 * written. A change between that reading and the write is refused by the tag and read again. A change that no document
 * shows, such as the firing of a trigger, is no conflict.
 */
export async function writeGuarded<Doc, Made>(
  base: EntityDocument,
  read: () => Promise<Reading<Doc>>,
  write: (now: Reading<Doc>) => Promise<Made>,
): Promise<Outcome<Doc, Made>> {
  for (let attempt = 1; ; attempt++) {
    const now = await read();
    if (mergedPaths(base, base, now.document).length > 0) return { theirs: now };
    try {
      return { saved: await write(now) };
    } catch (error) {
      const refused = error instanceof ApiError && error.status === 412;
      if (!refused || attempt === attempts) throw error;
    }
  }
}
