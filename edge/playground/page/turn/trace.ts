/** W3C Trace Context headers that put a call into a trace; empty outside a trace. */
export type TraceHeaders = Readonly<Record<string, string>>;

/** Starts a trace and requests that it be sampled; the edge decides whether to honor the request. */
export function newTrace(): TraceHeaders {
  return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-01` };
}

/**
 * Random hex digits for an id: over plain HTTP, browsers do not offer `randomUUID`. An id of all zeros would be
 * invalid, but has no realistic chance of occurring.
 */
function randomHex(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
