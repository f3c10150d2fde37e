/** Headers that put a call into a trace, as W3C Trace Context writes them; none outside any. */
export type TraceHeaders = Readonly<Record<string, string>>;

/** Begins a trace, and asks for it to be recorded: the edge decides whether to honour that. */
export function newTrace(): TraceHeaders {
  return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-01` };
}

/** Also where the page came over plain HTTP, where browsers have no `randomUUID`. All zeros, which name no trace, do not come in an age of the world. */
function randomHex(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
