import { Failure } from "../../errors.ts";

/** The failure for a request that cannot be parsed; `what` completes the sentence that begins with "the request". */
export function unreadable(what: string): Failure {
  return new Failure("INVALID_ARGUMENT", "UNREADABLE_REQUEST", `the request ${what}: check how it is encoded`);
}

/** The failure for a request that ends too early. */
export function cutShort(): Failure {
  return unreadable("is cut short or not framed as its content type says");
}

/** The failure for a request in a compression that is not supported. */
export function unknownPacking(encoding: string, known: readonly string[]): Failure {
  const message = `the compression ${encoding.slice(0, 32)} is not supported: use one of ${known.join(", ")}, or none`;
  return new Failure("UNIMPLEMENTED", "PACKING_UNKNOWN", message, { metadata: { known: known.join(",") } });
}

/** The failure for a request that is too large. It has no retry delay: the request will not become smaller. */
export function tooLarge(maxBytes: number): Failure {
  const most = maxBytes >= 1 << 20 ? `${maxBytes >> 20} MiB` : `${maxBytes >> 10} KiB`;
  const message = `the request is larger than ${most}: shorten the text or the history`;
  return new Failure("INVALID_ARGUMENT", "REQUEST_TOO_LARGE", message, { metadata: { max_bytes: String(maxBytes) } });
}

/** The failure for a request that is not complete after this many seconds. */
export function tooSlow(seconds: number): Failure {
  const message = `the request had not arrived completely after ${seconds} s: send it faster`;
  return new Failure("DEADLINE_EXCEEDED", "REQUEST_TOO_SLOW", message, { metadata: { max_seconds: String(seconds) } });
}
