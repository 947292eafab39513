/** What a version of anything has. */
export interface Version {
  id: string;
  status: Record<string, unknown>;
  metadata: { version?: string | undefined };
}

/** The number of a version within its name; 0 when the server gives none. */
export function versionNumber(doc: Version): number {
  const number = doc.status["version_number"];
  return typeof number === "number" ? number : 0;
}

/** How a version is called: v7 solar-lynx, v7 where nobody named it, the beginning of its id as a last resort. */
export function versionName(doc: Version): string {
  const number = versionNumber(doc);
  const name = doc.metadata.version;
  const named = name !== undefined && name !== "" && name !== doc.id ? name : undefined;
  if (number > 0) return named === undefined ? `v${number}` : `v${number} ${named}`;
  return named ?? doc.id.slice(0, 8);
}
