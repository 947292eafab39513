interface Snippable {
  name: string;
  id: string;
}

/** What reads a version with the Python package, and runs it. A pinned version is named by its id. */
export function sdkSnippet(project: string, doc: Snippable, isLatest: boolean, action: string | undefined): string {
  const pin = isLatest ? "" : `, entity_id=${JSON.stringify(doc.id)}`;
  return [
    "import digitalhub as dh",
    "",
    `function = dh.get_function(${JSON.stringify(doc.name)}, project=${JSON.stringify(project)}${pin})`,
    ...(action === undefined ? [] : [`run = function.run(${JSON.stringify(action)}, wait=True)`]),
    "",
  ].join("\n");
}
