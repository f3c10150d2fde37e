import { createParser } from "eventsource-parser";

/** No event of a model server comes near it: what exceeds it is no stream of events. */
const maxEventCharacters = 4 * 1024 * 1024;

/** The `data` of server-sent events, in batches of those that arrived together. Characters may be split across chunks. */
export async function* readSse(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void, undefined> {
  const decoder = new TextDecoder();
  let batch: string[] = [];
  const parser = createParser({ maxBufferSize: maxEventCharacters, onEvent: ({ data }) => batch.push(data) });
  const take = (text: string) => {
    parser.feed(text);
    const taken = batch;
    batch = [];
    return taken;
  };
  for await (const chunk of chunks) {
    const events = take(decoder.decode(chunk, { stream: true }));
    if (events.length > 0) yield events;
  }
  // A last event may lack its empty line.
  const events = take("\n\n");
  if (events.length > 0) yield events;
}
