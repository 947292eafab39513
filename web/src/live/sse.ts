/** An event of a stream; id is that of the last event that had one. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string;
}

/** Reads server-sent events from pieces of text that may break anywhere. Comments only prove that the stream lives. */
export function sseParser(lastId: string): (piece: string) => ServerEvent[] {
  let rest = "";
  let id = lastId;
  let event = "";
  let data: string[] = [];
  return (piece) => {
    rest += piece;
    const out: ServerEvent[] = [];
    // A carriage return at the very end may be the first half of a line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0) out.push({ event: event === "" ? "message" : event, data: data.join("\n"), id });
        event = "";
        data = [];
        continue;
      }
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") event = value;
      else if (field === "data") data.push(value);
      else if (field === "id" && !value.includes("\0")) id = value;
    }
    return out;
  };
}
