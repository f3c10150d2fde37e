import { Code, ConnectError } from "@connectrpc/connect";
import { readAllBytes, type UniversalServerRequest } from "@connectrpc/connect/protocol";
import type { Clock } from "../../../../infra/clock/clock.ts";
import { mostRecordedBytes } from "../../../ears/recording/recording.ts";
import { Failure } from "../../../errors.ts";
import { tooLarge } from "../../../rpc/request/failures.ts";
import { requestTimeoutMs, untilLate } from "../../../rpc/request/read.ts";

// The maximum size of the body in bytes: a recording, and 64 KiB for the other fields of the form.
const mostBytes = mostRecordedBytes + (64 << 10);

/**
 * The fields of a form, keyed by name: strings, and the bytes of files. If a name occurs twice, the last one counts.
 */
export type Form = Readonly<Record<string, string | Uint8Array>>;

/** Reads a multipart form. Throws INVALID_ARGUMENT with a message that says what is wrong, but quotes no content. */
export async function readForm(
  { header, body }: UniversalServerRequest,
  clock: Clock,
): Promise<{ bytes: Uint8Array; json: Form }> {
  const type = header.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new Failure(
      "INVALID_ARGUMENT",
      "UNSUPPORTED_MEDIA_TYPE",
      "the body must be a form with a file: send content-type: multipart/form-data",
    );
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const sent = untilLate(body as AsyncIterable<Uint8Array<ArrayBuffer>>, { timeoutMs: requestTimeoutMs, clock });
    bytes = new Uint8Array(await readAllBytes(sent, mostBytes, header.get("content-length")));
  } catch (error) {
    throw error instanceof ConnectError && error.code === Code.ResourceExhausted ? tooLarge(mostBytes) : error;
  }
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new Failure(
      "INVALID_ARGUMENT",
      "INVALID_FORM",
      "the body does not match its multipart content type: let your HTTP client generate both",
    );
  }
  const read = [...form].map(
    async ([name, value]) =>
      [name, typeof value === "string" ? value : new Uint8Array(await value.arrayBuffer())] as const,
  );
  return { bytes, json: Object.fromEntries(await Promise.all(read)) };
}
