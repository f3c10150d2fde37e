import type { Metadata } from "nice-grpc";

/** W3C Trace Context, version 00: trace id, span id, flags. All-zero ids are not valid. */
const traceparentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's `traceparent`, to be passed on to an engine; undefined if there is none or it is malformed. */
export function callerTraceparent(metadata: Metadata): string | undefined {
  const value = metadata.get("traceparent");
  return value !== undefined && traceparentForm.test(value) ? value : undefined;
}
