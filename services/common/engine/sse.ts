import { createParser } from "eventsource-parser";

/** The maximum length of an event in characters. Anything longer is not a real event: these are far shorter. */
const maxEventCharacters = 4 * 1024 * 1024;

/**
 * Yields the `data` of an engine's server-sent events, in batches of events that arrived together. A character may be
 * split between two chunks. An error that is sent as an event named `error`, or, as llama.cpp does, in a field `error`,
 * is converted to the `{"error": …}` that other servers send.
 */
export async function* readSse(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder();
  let batch: string[] = [];
  const parser = createParser({
    maxBufferSize: maxEventCharacters,
    onEvent: ({ event, data }) => batch.push(event === "error" ? asError(data) : data),
    onError: ({ type, field, value, line }) => {
      if (type !== "unknown-field") return;
      if (field === "error") batch.push(asError(value ?? ""));
      // Plain JSON instead of an event: the error of a server that had promised a stream.
      else if (line?.startsWith("{")) batch.push(line);
    },
  });
  // The parser is given only whole lines: if it were given a line in pieces, and the line were not a field of an
  // event, the parser would forget the earlier pieces.
  let line = "";
  const take = (text: string) => {
    const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
    if (end > 0) {
      parser.feed(line + text.slice(0, end));
      line = "";
    }
    line += text.slice(end);
    if (line.length > maxEventCharacters)
      throw new Error(`the event stream has a line of more than ${maxEventCharacters} characters`);
    const taken = batch;
    batch = [];
    return taken;
  };
  for await (const chunk of chunks) {
    const events = take(decoder.decode(chunk, { stream: true }));
    if (events.length > 0) yield events;
  }
  // Adds the blank line that ends an event, since the stream may lack it after the last event.
  const events = take("\n\n");
  if (events.length > 0) yield events;
}

function asError(data: string): string {
  let said: unknown = data;
  try {
    said = JSON.parse(data);
  } catch {
    // The data is plain text instead of JSON.
  }
  const inside = typeof said === "object" && said !== null && "error" in said ? said.error : said;
  return JSON.stringify({ error: inside || "no reason given" });
}
