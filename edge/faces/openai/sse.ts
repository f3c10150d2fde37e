const encoder = new TextEncoder();

/** One event of a stream. */
export function sseData(data: object | string): Uint8Array {
  return encoder.encode(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
}

/** A line that clients pass over: it keeps proxies from cutting a stream that is silent. */
export const ssePing: Uint8Array = encoder.encode(": ping\n\n");
