const encoder = new TextEncoder();

/** Writes one server-sent event. */
export function sseData(data: object | string): Uint8Array {
  return encoder.encode(`data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
}

/** A comment line that clients skip: it keeps proxies from cutting an idle stream. */
export const ssePing: Uint8Array = encoder.encode(": ping\n\n");
