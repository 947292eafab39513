/** An event of a stream (text/event-stream). */
export interface ServerEvent {
  event: string;
  id: string;
  data: string;
}

/** Reads the events of a body as they come; comments, such as heartbeats, are left out. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let event = { event: "message", id: "", data: "" };
  try {
    for (;;) {
      // One piece after the other: that is what a stream is.
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const raw of lines) {
        const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
        if (line !== "") {
          field(event, line);
          continue;
        }
        if (event.data !== "") yield { ...event, data: event.data.slice(0, -1) };
        event = { event: "message", id: event.id, data: "" };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function field(event: ServerEvent, line: string): void {
  const colon = line.indexOf(":");
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "data") event.data += `${value}\n`;
  else if (name === "event") event.event = value;
  else if (name === "id") event.id = value;
}
